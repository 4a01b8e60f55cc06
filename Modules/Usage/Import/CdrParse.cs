using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;

namespace Billing.Usage.Import;

/// <summary>
/// <c>billing cdr parse FILE [--format ID]</c>: a CDR file as JSON Lines, one object a record or bad line, in file order, and its totals as the last line on
/// standard error. Needs no database.
/// </summary>
public sealed class CdrParse(CdrFormatCatalog catalog, Stream output, TextWriter errors)
{
    /// <summary>Everything was read.</summary>
    public const int Good = 0;

    /// <summary>The file was read, and something is wrong with it.</summary>
    public const int FoundErrors = 1;

    /// <summary>There was nothing to read: no such file, no such format, or none that knows the file.</summary>
    public const int BadUsage = 2;

    /// <summary>Runs the command.</summary>
    /// <param name="path">The file.</param>
    /// <param name="formatId">The format, or null to recognise it.</param>
    /// <returns>The exit code.</returns>
    public int Run(string path, string? formatId)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path)) return Refuse("usage.no-file", Directory.Exists(path) ? $"'{path}' is a folder, not a file." : $"There is no file '{path}'.");
        try
        {
            // Unbuffered: the formats read large pieces themselves.
            using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return Run(content, Path.GetFileName(path), formatId);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return Refuse("usage.no-file", $"'{path}' can't be read: {broken.Message}");
        }
    }

    private int Run(FileStream content, string name, string? formatId)
    {
        var start = new byte[CdrSample.MaxHeadBytes + 4];
        var head = start.AsSpan(0, content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        var sample = CdrSample.Of(name, head, isWhole: head.Length < start.Length);
        content.Position = 0;

        if (formatId is not null && !catalog.Find(formatId).TryGet(out _, out var unknown)) return Refuse(unknown.Code, unknown.Message);
        if (head.IsEmpty)
        {
            errors.WriteLine($"usage.file-empty: {name} is empty: there is nothing in it. Ask the carrier to send it again.");
            using var nothing = new CdrJsonSink(Stream.Null, CdrTimeResolver.For(CdrTimeBase.Utc));
            WriteSummary(new CdrTally(nothing));
            return FoundErrors;
        }
        if (!(formatId is null ? catalog.Recognise(in sample) : catalog.Find(formatId)).TryGet(out var format, out var failure))
            return Refuse(failure.Code, failure.Message);

        var facts = format.Describe(in sample);
        using var json = new CdrJsonSink(output, CdrTimeResolver.For(format.Info.TimeBase)) { WritesCharges = facts.Kind == CdrFileKind.Recurring };
        var tally = new CdrTally(json);
        var file = new CdrFile(name);
        if (facts.Expected is { } expected) file.Expect(expected);
        format.Read(content, file, tally);
        json.Flush();

        // A file that ended in the middle can't agree with anything, and has said so.
        var differences = tally.HasEnded ? [] : tally.Compare(file.Expected);
        foreach (var difference in differences) errors.WriteLine($"{difference.Code}: {name}: {difference.Message}");
        WriteSummary(tally);
        return tally.Errors > 0 || differences.Count > 0 ? FoundErrors : Good;
    }

    private int Refuse(string code, string message)
    {
        errors.WriteLine(new Failure(code, message));
        return BadUsage;
    }

    private void WriteSummary(CdrTally tally) => errors.WriteLine(new StringBuilder()
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"lines\":{tally.Lines},\"records\":{tally.Records},\"answered\":{tally.Answered},")
        .Append(System.Globalization.CultureInfo.InvariantCulture, $"\"seconds\":{tally.Seconds},\"errors\":{tally.Errors},\"skipped\":{tally.Skipped}}}"));
}
