using System.Text;
using Billing.Abstractions.Cdr;

namespace Billing.Abstractions.Testing;

/// <summary>
/// The rules of <see cref="ICdrFormat"/> as tests. Give it a format and a sample of it, best one with every oddity that the carrier's files have; what comes
/// back is what the format does wrong, so an empty list is what to ask for.
/// </summary>
/// <remarks>
/// The samples are also damaged on purpose: cut at every byte, broken lines put in between, read a byte at a time, by several threads. Formats whose files consist of
/// elements (<see cref="CdrFormatInfo.CountsElements"/>: JSON, XML, ASN.1) are spared the rules about lines. In their place: elements are numbered from 1 without a gap, and the
/// records of a file that was cut are the first ones of the whole file's, unless the cut file is refused as a whole.
/// </remarks>
public static class CdrConformance
{
    private const int MaxCuts = 1500;

    /// <summary>Checks a format against one sample.</summary>
    /// <param name="format">The format; the same object is used for everything, as the host does.</param>
    /// <param name="sample">A file of this format with at least one good record.</param>
    /// <param name="strangers">Samples of other formats, which this one must not claim.</param>
    public static IReadOnlyList<CdrFinding> Check(ICdrFormat format, CdrSampleFile sample, IEnumerable<CdrSampleFile>? strangers = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(sample);
        var findings = new List<CdrFinding>();
        var recording = Guard(findings, "reads", "the sample", () => CdrRecording.Of(format, sample.Name, sample.Content));
        if (recording is null) return findings;

        Guard(findings, "recognises", "the sample", () => Recognition(format, sample, strangers ?? [], findings));
        Accounting(format, sample, recording, findings);
        Sense(recording, findings);
        Repeated(format, sample, recording, findings);
        Chopped(format, sample, recording, findings);
        if (!format.Info.CountsElements) BrokenLines(format, sample, recording, findings);
        Hopeless(format, findings);
        if (format is DelimitedCdrFormat) Allocation(format, sample, recording, findings);
        return findings;
    }

    private static void Recognition(ICdrFormat format, CdrSampleFile sample, IEnumerable<CdrSampleFile> strangers, List<CdrFinding> findings)
    {
        if (format.Info.Id.Length == 0 || format.Info.Id.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
            findings.Add(new("info", $"The id '{format.Info.Id}' is not lower case letters, digits and dashes."));
        var own = ScoreOf(format, sample);
        if (own is < 50 or > 100) findings.Add(new("recognises", $"The format's answer to its own sample {sample.Name} is {own}; 50 to 100 claims a file."));
        // Files get renamed.
        var renamed = ScoreOf(format, sample with { Name = "upload.dat" });
        if (renamed < 50) findings.Add(new("recognises", $"Without its name the sample {sample.Name} is not recognised any more ({renamed})."));
        foreach (var stranger in strangers)
            if (ScoreOf(format, stranger) is >= 50 and var claim)
                findings.Add(new("recognises", $"The format claims {stranger.Name}, a file of another format, with {claim}."));
    }

    private static void Accounting(ICdrFormat format, CdrSampleFile sample, CdrRecording recording, List<CdrFinding> findings)
    {
        if (!recording.Records.Any()) findings.Add(new("reads", $"There is no good record in {sample.Name}, so most rules can't be tried."));
        // Nobody but the format can count elements; what can be seen from outside is that none of its numbers is missing. A joined record has one number for several of them.
        var elements = format.Info.CountsElements;
        var lines = !elements ? SampleLines.Of(sample.Content.Span).Count
            : recording.Entries.Any(entry => entry.LineCount > 1) ? recording.Lines
            : recording.Entries.Select(entry => entry.LineNumber).DefaultIfEmpty().Max();
        if (recording.Lines != lines && !recording.HasEnded)
            findings.Add(new("lines", $"{sample.Name} has {lines} {(elements ? "elements" : "lines")}, and {recording.Lines} came out: each must end in exactly one call of the sink."));
        foreach (var twice in recording.Entries.GroupBy(entry => entry.LineNumber).Where(group => group.Count() > 1))
            findings.Add(new("lines", $"Line {twice.Key} of {sample.Name} came out {twice.Count()} times."));
    }

    private static void Sense(CdrRecording recording, List<CdrFinding> findings)
    {
        foreach (var entry in recording.Records)
        {
            if (entry.Text.Contains("\"startedAt\":null", StringComparison.Ordinal) && !entry.Text.Contains("\"endedAt\"", StringComparison.Ordinal))
                findings.Add(new("record", $"The record on line {entry.LineNumber} has neither a start nor an end."));
            if (entry.Text.Contains("\"durationSeconds\":-", StringComparison.Ordinal))
                findings.Add(new("record", $"The record on line {entry.LineNumber} has a negative duration."));
            if (entry.Text.Contains("\"answered\":false", StringComparison.Ordinal) && !entry.Text.Contains("\"durationSeconds\":0,", StringComparison.Ordinal))
                findings.Add(new("record", $"The record on line {entry.LineNumber} was not answered, and has a duration all the same."));
        }
    }

    private static void Repeated(ICdrFormat format, CdrSampleFile sample, CdrRecording recording, List<CdrFinding> findings)
    {
        Same("deterministic", "read a second time", () => CdrRecording.Of(format, sample.Name, sample.Content));
        foreach (var bytes in (int[])[1, 7, 4096])
            Same("slow-stream", $"read {bytes} bytes at a time", () => CdrRecording.Of(format, sample.Name, new SlowStream(sample.Content, bytes)));

        var readers = new CdrRecording?[4];
        Guard(findings, "threads", "four threads at once", () => Parallel.For(0, readers.Length, i => readers[i] = CdrRecording.Of(format, sample.Name, sample.Content)));
        foreach (var reader in readers) Same("threads", "read by several threads at once", () => reader ?? recording);

        void Same(string rule, string how, Func<CdrRecording> read)
        {
            if (Guard(findings, rule, how, read) is { } again && FirstDifference(recording.Entries, again.Entries) is { } difference)
                findings.Add(new(rule, $"{sample.Name} {how} gives another result: {difference}"));
        }
    }

    private static void Chopped(ICdrFormat format, CdrSampleFile sample, CdrRecording recording, List<CdrFinding> findings)
    {
        var step = Math.Max(1, sample.Content.Length / MaxCuts);
        var starts = SampleLines.Of(sample.Content.Span);
        for (var length = 0; length < sample.Content.Length; length += step)
        {
            var cut = length;
            var part = Guard(findings, "chopped", $"{sample.Name} cut after {cut} bytes", () => CdrRecording.Of(format, sample.Name, sample.Content[..cut]));
            if (part is null) return;
            if (format.Info.CountsElements)
            {
                // Where an element ends only its format knows: what came out has to be how the whole begins, however much that is.
                if (part.HasEnded) continue;
                var first = part.Records.ToList();
                if (FirstDifference([.. recording.Records.Take(first.Count)], first) is not { } other) continue;
                findings.Add(new("chopped", $"{sample.Name} cut after {cut} bytes gives other records than the whole begins with: {other}"));
                return;
            }
            // Lines that are whole in the part must come out as they do from the whole; what the cut line gives is its own affair.
            var whole = starts.CountWhole(cut);
            var expected = recording.Records.Where(entry => entry.LineCount == 1 && entry.LineNumber <= whole).ToList();
            var found = part.Records.Where(entry => entry.LineCount == 1 && entry.LineNumber <= whole).ToList();
            if (FirstDifference(expected, found) is not { } difference) continue;
            findings.Add(new("chopped", $"{sample.Name} cut after {cut} bytes changes lines before the cut: {difference}"));
            return;
        }
    }

    private static void BrokenLines(ICdrFormat format, CdrSampleFile sample, CdrRecording recording, List<CdrFinding> findings)
    {
        var lines = SampleLines.Of(sample.Content.Span);
        // Between two records of one line each: in the middle of a joined or quoted record a line would be part of that.
        var singles = recording.Records.Where(entry => entry.LineCount == 1).Select(entry => entry.LineNumber).ToHashSet();
        var after = singles.Where(line => singles.Contains(line + 1)).Order().ToList();
        if (after.Count == 0) return;
        var at = after[after.Count / 2];
        foreach (var broken in (byte[][])[.. Broken])
        {
            var offset = lines.StartOf(at + 1);
            byte[] content = [.. sample.Content.Span[..offset], .. broken, (byte)'\n', .. sample.Content.Span[offset..]];
            var text = CdrText.Decode(broken).Replace('\0', '.');
            var read = Guard(findings, "broken-line", $"{sample.Name} with the line '{text}' put in", () => CdrRecording.Of(format, sample.Name, content));
            if (read is null) continue;
            var mine = read.Problems.Where(entry => entry.LineNumber == at + 1).ToList();
            if (mine.Count != 1 || mine[0].LineCount != 1)
                findings.Add(new("broken-line", $"The line '{text}' put in after line {at} of {sample.Name} gives {mine.Count} problems there instead of one."));
            var others = read.Entries.Where(entry => entry.LineNumber != at + 1)
                .Select(entry => entry.LineNumber > at ? entry with { LineNumber = entry.LineNumber - 1 } : entry).ToList();
            if (FirstDifference(recording.Entries, others) is { } difference)
                findings.Add(new("broken-line", $"The line '{text}' put in after line {at} of {sample.Name} changes other lines: {difference}"));
        }
    }

    private static IEnumerable<byte[]> Broken => ["a broken line, no record"u8.ToArray(), "\0\u0001\u0002 damaged"u8.ToArray(), "\"a quote that is not closed,1"u8.ToArray()];

    private static void Hopeless(ICdrFormat format, List<CdrFinding> findings)
    {
        // A plain generator with a fixed start: the same noise on every machine.
        var noise = new byte[200_000];
        var state = 12345u;
        for (var i = 0; i < noise.Length; i++)
        {
            state = state * 1664525 + 1013904223;
            noise[i] = (byte)(state >> 24);
        }
        var binary = new CdrSampleFile("noise.bin", noise);
        if (Guard(findings, "binary", "a binary file", () => CdrRecording.Of(format, binary.Name, binary.Content)) is { } read)
        {
            if (read.Records.Any()) findings.Add(new("binary", "A binary file has records."));
            if (read.Problems.Count() is 0 or > 25) findings.Add(new("binary", $"A binary file gives {read.Problems.Count()} problems; one that says so is enough."));
        }
        var empty = new CdrSampleFile("empty.csv", ReadOnlyMemory<byte>.Empty);
        if (Guard(findings, "empty", "an empty file", () => CdrRecording.Of(format, empty.Name, empty.Content)) is { Records: var records } && records.Any())
            findings.Add(new("empty", "An empty file has records."));
        Guard(findings, "recognises", "a binary or empty file", () =>
        {
            foreach (var hopeless in (CdrSampleFile[])[binary, empty])
                if (ScoreOf(format, hopeless) is >= 50 and var score) findings.Add(new("recognises", $"The format claims {hopeless.Name} with {score}."));
        });
    }

    private static void Allocation(ICdrFormat format, CdrSampleFile sample, CdrRecording recording, List<CdrFinding> findings)
    {
        var lines = recording.Records.Where(entry => entry.LineCount == 1).Select(entry => entry.Raw).ToList();
        if (lines.Count == 0 || lines.Count < recording.Records.Count()) return;
        const int Few = 500, Many = 5000;
        // A heading may be needed to know what is where.
        var heading = Encoding.Latin1.GetString(sample.Content.Span[..SampleLines.Of(sample.Content.Span).StartOf(recording.Records.First().LineNumber)]);
        var few = Repeat(Few);
        var many = Repeat(Many);
        Measure(few);
        Measure(many);
        // The smallest of several: the runtime itself allocates now and then.
        var extra = Enumerable.Range(0, 5).Min(_ => Measure(many) - Measure(few));
        if (extra > Many / 10) findings.Add(new("allocation", $"{Many - Few} more lines allocate {extra} bytes more; a good line should allocate nothing."));

        byte[] Repeat(int count)
        {
            var text = new StringBuilder(heading);
            for (var i = 0; i < count; i++) text.Append(lines[i % lines.Count]).Append('\n');
            return Encoding.Latin1.GetBytes(text.ToString());
        }

        long Measure(byte[] content)
        {
            var stream = new MemoryStream(content);
            var file = new CdrFile(sample.Name);
            var before = GC.GetAllocatedBytesForCurrentThread();
            format.Read(stream, file, Forgetful.Sink);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static int ScoreOf(ICdrFormat format, CdrSampleFile file) => format.Recognise(CdrSample.Of(file.Name, file.Content.Span, isWhole: true));

    private static string? FirstDifference(IReadOnlyList<CdrEntry> expected, IReadOnlyList<CdrEntry> found)
    {
        for (var i = 0; i < Math.Max(expected.Count, found.Count); i++)
        {
            if (i >= expected.Count) return $"{found[i]} is new.";
            if (i >= found.Count) return $"{expected[i]} is gone.";
            if (expected[i] != found[i]) return $"{expected[i]} became {found[i]}";
        }
        return null;
    }

    private static T? Guard<T>(List<CdrFinding> findings, string rule, string what, Func<T> act) where T : class
    {
#pragma warning disable CA1031 // That nothing is thrown, whatever it is, is the rule under test.
        try
        {
            return act();
        }
        catch (Exception thrown)
        {
            findings.Add(new(rule, $"{what} makes it throw {thrown.GetType().Name}: {thrown.Message}"));
            return null;
        }
#pragma warning restore CA1031
    }

    private static void Guard(List<CdrFinding> findings, string rule, string what, Action act) => Guard(findings, rule, what, () =>
    {
        act();
        return findings;
    });

    private sealed class Forgetful : ICdrSink
    {
        public static Forgetful Sink { get; } = new();

        public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
        {
        }

        public void Problem(in CdrProblem problem)
        {
        }

        public void Skip(long lineNumber, CdrStructure structure)
        {
        }
    }
}
