using System.Buffers.Text;
using Billing.Abstractions.Cdr;

namespace Fixtures.Working;

/// <summary>One number of seconds a line.</summary>
public sealed class WorkingFormat(string id) : ICdrFormat
{
    /// <inheritdoc/>
    public CdrFormatInfo Info { get; } = new(id, "Working", "Fixture Telecom", CdrTimeBase.Utc);

    /// <inheritdoc/>
    public int Recognise(in CdrSample sample) => sample.FileName.EndsWith(".seconds", StringComparison.Ordinal) ? 60 : 0;

    /// <inheritdoc/>
    public void Read(Stream content, CdrFile file, ICdrSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        using var reader = new StreamReader(content, leaveOpen: true);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var raw = System.Text.Encoding.UTF8.GetBytes(line);
            if (Utf8Parser.TryParse(raw, out int seconds, out var read) && read == raw.Length)
                sink.Record(CallDetailRecord.Voice() with { LineNumber = number, DurationSeconds = seconds }, raw);
            else
                sink.Problem(new CdrProblem(number, "cdr.bad-number", "seconds", $"'{line}' is not a number of seconds.", raw));
        }
    }
}
