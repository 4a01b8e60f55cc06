using System.Globalization;
using Billing.Abstractions.Cdr;
using Billing.Plugins.UkPrerated;
using CsvHelper;

namespace Billing.Bench;

/// <summary>Reading lines into typed, checked records, against counting their ends and against what people use.</summary>
internal static class ParseBench
{
    private static readonly string[] formats = ["dd/MM/yyyy HH:mm:ss"];

    public static async Task RunAsync(BenchOptions options, TextWriter to)
    {
        var deck = new Deck(options.Seed, 5_000);
        var bytes = new CallFile(options.Seed, deck.Prefixes, 20_000).Make(1, options.Lines);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
            var format = new UkPreratedCdrFormat();
            long allocated = 0;
            var counting = Variant.Of("counting line ends", options.Lines, () => CountLines(path));
            var ours = Variant.Of("ours: typed and checked records", options.Lines, () =>
            {
                var sink = new Sink();
                var before = GC.GetAllocatedBytesForCurrentThread();
                using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0)) format.Read(stream, new CdrFile("bench.csv"), sink);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                return sink.Sum;
            });
            var split = Variant.Of("ReadLines, Split and Parse", options.Lines, () => Split(path));
            var csvHelper = Variant.Of("CsvHelper GetRecords", options.Lines, () => WithCsvHelper(path));
            await new Rounds(options.Rounds, Console.Error).RunAsync(counting, ours, split, csvHelper);

            Rounds.Print(to, "lines", counting, ours, split, csvHelper);
            Rounds.Goal(to, "P1 times as long as counting line ends", ours.TimesOf(counting), 5, atMost: true);
            Rounds.Goal(to, "P1 times as fast as CsvHelper", csvHelper.TimesOf(ours), 10, atMost: false);
            Rounds.Goal(to, "P1 bytes allocated a line", (double)allocated / options.Lines, 0.5, atMost: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static decimal? CountLines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        var buffer = new byte[1 << 20];
        long lines = 0;
        for (int read; (read = stream.Read(buffer)) > 0;) lines += buffer.AsSpan(0, read).Count((byte)'\n');
        return lines > 0 ? null : 0;
    }

    private static decimal? Split(string path)
    {
        var (sum, cost) = (0L, 0m);
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var fields = line.Split(',');
            var caller = ulong.Parse(fields[0].Trim('"'), CultureInfo.InvariantCulture);
            var called = ulong.Parse(fields[1], CultureInfo.InvariantCulture);
            var end = DateTime.ParseExact(fields[2] + " " + fields[3], formats, CultureInfo.InvariantCulture);
            sum += int.Parse(fields[4], CultureInfo.InvariantCulture) + (long)(caller ^ called) + end.Second;
            cost += decimal.Parse(fields[5], CultureInfo.InvariantCulture);
        }
        return sum + cost;
    }

    private static decimal? WithCsvHelper(string path)
    {
        using var reader = CsvReader.FromFile(path);
        var (sum, cost) = (0L, 0m);
        foreach (var call in reader.GetRecords<PlainCall>())
        {
            sum += call.Duration + (long)(call.Caller ^ call.Called) + call.EndTime.Second;
            cost += call.Cost;
        }
        return sum + cost;
    }

    private sealed class Sink : ICdrSink
    {
        private long sum;
        private decimal cost;

        public decimal Sum => sum + cost;

        public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
        {
            sum += record.DurationSeconds + (long)(record.From.Number.Digits ^ record.To.Number.Digits) + record.EndedAt.Clock.Second;
            cost += record.Cost.GetValueOrDefault();
        }

        public void Problem(in CdrProblem problem) => throw new InvalidOperationException(problem.Message);

        public void Skip(long lineNumber, CdrStructure structure)
        {
        }
    }
}
