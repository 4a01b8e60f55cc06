using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Host.Demo;
using Billing.Plugins.Asterisk;
using Billing.Plugins.Gamma;
using Billing.Plugins.UkPrerated;
using Billing.Usage.Import;

namespace Billing.Host.Tests.Demo;

/// <summary>The demo's files, read by the formats that ship: every line must come out as the generator meant it.</summary>
public sealed class DemoFormatsTests
{
    private static readonly CdrFormatCatalog Formats = Catalog();

    public static TheoryData<string> Names => [.. Demos.Traffic.Files.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_recognised_and_each_line_read_as_it_was_meant(string name)
    {
        var file = Demos.Traffic.Files.Single(f => f.Name == name);
        var read = Read(file);
        read.Skipped.ShouldBe(file.Count(DemoFate.Heading));
        read.Problems.Select(p => p.Line).ShouldBe(file.Lines.Where(l => l.Fate == DemoFate.BadLine).Select(l => (long)l.Number), string.Join("; ", read.Problems));
        read.Records.Count.ShouldBe(file.Records);
        read.Records.Sum(r => (long)r.Seconds).ShouldBe(file.Seconds);
        foreach (var record in read.Records)
        {
            var call = file.Lines[(int)record.Line - 1].Call!;
            record.Id.ShouldBe(call.RecordId);
            record.StartedAt.ShouldBe(call.StartedAt, $"{name} line {record.Line}");
            record.IsDoubtful.ShouldBe(call.PrintedStart is not null);
            record.IsAnswered.ShouldBe(call.Disposition == "ANSWERED");
            record.Seconds.ShouldBe(call.Seconds);
            record.Identity.ShouldBe(call.Identity ?? "");
            record.From.ShouldBe(call.CallerText);
            record.To.ShouldBe(call.Destination.IsShortCode ? call.Called : "+" + call.Called);
            record.Cost.ShouldBe(file.Carrier == DemoCarrier.Asterisk ? null : call.Cost);
            if (file.Carrier == DemoCarrier.Gamma) record.ChargeCode.ShouldBe(call.Destination.Code);
        }
    }

    [Fact]
    public void What_is_wrong_with_the_spoilt_lines_is_what_the_reseller_excludes_or_leaves_open()
    {
        var problems = Demos.Traffic.Files.SelectMany(f => Read(f).Problems).Select(p => $"{p.Code} {p.Field}").Order(StringComparer.Ordinal).ToList();
        var planned = Demos.Expected.Fixes.OfType<DemoFix.Exclude>().Select(e => (e.Code, e.Subject, Lines: e.Calls))
            .Concat(Demos.Expected.LeftOpen.Select(l => (l.Code, l.Subject, l.Lines)))
            .Where(e => e.Code.StartsWith("cdr.", StringComparison.Ordinal)).SelectMany(e => Enumerable.Repeat($"{e.Code} {e.Subject}", e.Lines)).Order(StringComparer.Ordinal);
        problems.ShouldBe(planned);
    }

    [Fact]
    public void The_file_names_tell_days_and_month_and_how_many_calls_there_are()
    {
        foreach (var file in Demos.Traffic.Files.Where(f => f.Carrier == DemoCarrier.Gamma))
        {
            var facts = new GammaCdrFormat().Describe(CdrFormatCatalog.SampleOf(file.Name, file.Bytes()));
            facts.Kind.ShouldBe(file.IsMonthly ? CdrFileKind.Monthly : CdrFileKind.Daily);
            facts.Expected!.Records.ShouldBe(file.Records + file.BadLines);
            if (file.IsMonthly) facts.Period.ShouldBe(DemoMonth.Days);
        }
    }

    private static ReadFile Read(DemoFile file)
    {
        var bytes = file.Bytes();
        var format = Formats.Choose(file.Name, bytes, null).ValueOrThrow();
        format.ShouldBeOfType(file.Carrier switch { DemoCarrier.Gamma => typeof(GammaCdrFormat), DemoCarrier.Prerated => typeof(UkPreratedCdrFormat), _ => typeof(AsteriskCdrFormat) });
        var read = new ReadFile(format.Info.TimeBase);
        format.Read(new MemoryStream(bytes), new CdrFile(file.Name), read);
        return read;
    }

    private static CdrFormatCatalog Catalog()
    {
        var catalog = new CdrFormatCatalog();
        catalog.Add(new GammaCdrFormat());
        catalog.Add(new UkPreratedCdrFormat());
        catalog.Add(new AsteriskCdrFormat(CdrSettings.Default));
        return catalog;
    }

    private sealed record ReadRecord(
        long Line, string Id, DateTimeOffset StartedAt, bool IsDoubtful, bool IsAnswered, int Seconds, string Identity, string From, string To, string ChargeCode, decimal? Cost);

    private sealed class ReadFile(CdrTimeBase timeBase) : ICdrSink
    {
        private readonly CdrTimeResolver times = CdrTimeResolver.For(timeBase);

        public List<ReadRecord> Records { get; } = [];

        public List<(long Line, string Code, string Field)> Problems { get; } = [];

        public int Skipped { get; private set; }

        public void Record(in CallDetailRecord record, ReadOnlySpan<byte> raw)
        {
            var at = times.Resolve(record.StartedAt, record.EndedAt, record.DurationSeconds);
            Records.Add(new ReadRecord(record.LineNumber, Text(record.RecordId), at.Instant, at.IsDoubtful, record.IsAnswered, record.DurationSeconds,
                Text(record.Identity), Text(record.From), Text(record.To), Text(record.ChargeCode), record.Cost));
        }

        public void Problem(in CdrProblem problem) => Problems.Add((problem.LineNumber, problem.Code, problem.Field));

        public void Skip(long lineNumber, CdrStructure structure) => Skipped++;

        private static string Text(in CdrParty party) => party.Number.IsUnset ? Text(party.Text) : party.Number.ToString();

        private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
    }
}
