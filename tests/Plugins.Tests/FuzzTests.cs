using System.Globalization;
using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;

namespace Billing.Plugins.Tests;

/// <summary>
/// Hostile input: every format reads damaged copies of its samples. Nothing is thrown, nothing hangs, memory stays within bounds, every refusal has a code and a place, and of
/// files of lines none is lost or counted twice. <c>BILLING_FUZZ=100000 ./test Fuzz</c> says how many copies of each format; without it few are read.
/// </summary>
public sealed class FuzzTests
{
    private const int Few = 1000;

    /// <summary>Of one small file. A line that waits for others is copied, and one format's elements are gathered: no file of 16 KiB needs this much.</summary>
    private const long MostBytes = 64 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static int Copies => int.TryParse(Environment.GetEnvironmentVariable("BILLING_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var copies) ? copies : Few;

    public static TheoryData<string> Ids
    {
        get
        {
            var ids = new TheoryData<string>();
            foreach (var id in CdrFormats.Ids.Concat(Mappings.Ids)) ids.Add(id);
            return ids;
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task No_damage_to_a_file_breaks_its_format(string id)
    {
        var format = Mappings.Ids.Contains(id) ? Mappings.Of(id) : CdrFormats.Of(id);
        var samples = SamplesOf(id);
        var mutator = new Mutator(id.Aggregate(17, (sum, c) => sum * 31 + c));
        var counts = new Counts();
        var current = Array.Empty<byte>();
        // On a thread of its own, so that one that never ends is noticed and its file kept.
        var reading = Task.Factory.StartNew(() =>
        {
            for (var i = 0; i < Copies; i++)
            {
                current = mutator.Damage(samples[i % samples.Count], samples[(i * 7 + 3) % samples.Count]);
                Read(format, current, counts);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (var seen = -1L; !reading.IsCompleted;)
        {
            await Task.WhenAny(reading, Task.Delay(Patience, CancellationToken.None));
            if (!reading.IsCompleted && counts.Files == seen) throw new TimeoutException($"{id} reads for ever: {Keep(id, current)}");
            seen = counts.Files;
        }
        try
        {
            await reading;
        }
        catch (Exception thrown)
        {
            throw new InvalidOperationException($"{id} fails on {Keep(id, current)}: {thrown.Message}", thrown);
        }
        Table.Write("fuzz-" + id, string.Create(CultureInfo.InvariantCulture,
            $"fuzz {id,-22} {counts.Files,8} files {counts.Records,9} records {counts.Problems,9} problems, of which {counts.Ended,6} ended the reading; at most {counts.Allocated >> 10,6} KiB a file"));
    }

    private static void Read(ICdrFormat format, byte[] content, Counts counts)
    {
        // What is credited may be less than nothing of it.
        var sink = new Sink { MayCredit = format.Describe(CdrSample.Of("file.dat", content, isWhole: true)).Kind == CdrFileKind.Recurring };
        var before = GC.GetAllocatedBytesForCurrentThread();
        format.Recognise(CdrSample.Of("file.dat", content, isWhole: true)).ShouldBeInRange(0, 100);
        format.Read(new MemoryStream(content), new CdrFile("file.dat"), sink);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MostBytes) throw new InvalidOperationException($"{allocated} bytes were allocated for {content.Length}.");
        if (!sink.HasEnded && !format.Info.CountsElements && LinesOf(content) is var lines && lines != sink.Lines) throw new InvalidOperationException($"Of {lines} lines {sink.Lines} came out.");
        counts.Files++;
        counts.Records += sink.Records;
        counts.Problems += sink.Problems;
        if (sink.HasEnded) counts.Ended++;
        counts.Allocated = Math.Max(counts.Allocated, allocated);
    }

    private static int LinesOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8)) content = content[3..];
        var lines = 0;
        while (!content.IsEmpty)
        {
            lines++;
            var end = content.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0) break;
            content = content[(content[end] == '\r' && end + 1 < content.Length && content[end + 1] == '\n' ? end + 2 : end + 1)..];
        }
        return lines;
    }

    private static List<byte[]> SamplesOf(string id)
    {
        var own = Mappings.Ids.Contains(id)
            ? Mappings.Samples.Where(row => (string)row[0] == id).Select(row => (string)row[1])
            : CdrFormats.Samples.Where(row => (string)row[0] == id).Select(row => CdrFormats.PathOf(id, (string)row[1]));
        return [.. own.Select(File.ReadAllBytes)];
    }

    private static string Keep(string id, byte[] content)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "fuzz")).FullName, id + ".dat");
        File.WriteAllBytes(path, content);
        return path;
    }

    private sealed class Counts
    {
        private long files;

        public long Files
        {
            get => Volatile.Read(ref files);
            set => Volatile.Write(ref files, value);
        }

        public long Records { get; set; }

        public long Problems { get; set; }

        public long Ended { get; set; }

        public long Allocated { get; set; }
    }

    private sealed class Sink : ICdrSink
    {
        public long Lines { get; private set; }

        public int Records { get; private set; }

        public int Problems { get; private set; }

        public bool HasEnded { get; private set; }

        public bool MayCredit { get; init; }

        public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
        {
            Records++;
            Lines += Math.Max(1, record.LineCount);
            if (record.LineNumber < 1 || record.DurationSeconds < 0 || (record.Quantity < 0 && !MayCredit) || raw.IsEmpty) throw new InvalidOperationException($"The record of line {record.LineNumber} makes no sense.");
            if (record.StartedAt.IsUnset && record.EndedAt.IsUnset) throw new InvalidOperationException($"The record of line {record.LineNumber} has no time.");
            // Whoever keeps it reads all of it.
            _ = CdrText.Decode(record.From.Text).Length + CdrText.Decode(record.To.Text).Length + CdrText.Decode(record.Identity).Length + CdrText.Decode(record.ChargeCode).Length
                + CdrText.Decode(record.Description).Length + CdrText.Decode(record.RecordId).Length + CdrText.Decode(raw).Length;
        }

        public void Problem(in CdrProblem problem)
        {
            Problems++;
            Lines += Math.Max(1, problem.LineCount);
            HasEnded |= problem.EndsReading;
            if (problem.LineNumber < 1 || !problem.Code.StartsWith("cdr.", StringComparison.Ordinal) || problem.Message.Length == 0)
                throw new InvalidOperationException($"The problem '{problem.Code}' of line {problem.LineNumber} has no code, place or reason.");
        }

        public void Skip(long lineNumber, CdrStructure structure) => Lines++;
    }
}
