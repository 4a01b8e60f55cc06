using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using FsCheck;
using FsCheck.Fluent;
using static Billing.Abstractions.Tests.Cdr.ThreeColumnFormat;

namespace Billing.Abstractions.Tests.Cdr;

public sealed class DelimitedReaderProperties
{
    // Small limits put every edge of the reader into small files.
    private static readonly CdrDialect Narrow = new() { MaxRecordBytes = 160, MaxRecordLines = 3 };

    private static readonly Gen<string> Pieces = Gen.Elements(
        Line(1), Line(2), Line(3, "\"quoted\""), Line(4, "\"a\nb\""), Line(5, "\"\"\"x\"\"\""), "\"", "\"\"", ",", "\n", "\r", "\r\n", " ", "x", "\0",
        "\"open", new string('y', 70), "TOTAL,1", "#");

    private static readonly Gen<byte[]> Files = Gen.ListOf(Pieces).Select(pieces => Encoding.Latin1.GetBytes(string.Concat(pieces)));

    [Fact]
    public void Every_line_of_any_file_comes_out_exactly_once() => Prop.ForAll(Files.ToArbitrary(), bytes =>
    {
        var read = Read(bytes, Narrow, bufferBytes: 1);
        if (read.HasEnded) return true;
        var numbers = read.Entries.SelectMany(e => Enumerable.Range((int)e.LineNumber, e.LineCount)).ToList();
        return numbers.SequenceEqual(Enumerable.Range(1, LinesOf(bytes)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_the_buffer_ends_makes_no_difference() => Prop.ForAll(Files.ToArbitrary(), bytes =>
        Read(bytes, Narrow, bufferBytes: 1).Entries.SequenceEqual(Read(bytes, Narrow, bufferBytes: 100_000).Entries)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_index_finds_what_a_walk_byte_by_byte_finds() => Prop.ForAll(Files.ToArbitrary(), bytes =>
    {
        var dialect = new CdrDialect { MaxRecordLines = int.MaxValue };
        byte[] buffer = [.. bytes, .. new byte[FieldIndex.Slack]];
        using var fast = new FieldIndex(dialect, bytes.Length);
        fast.Build(buffer, 0, bytes.Length);
        if (!fast.IsRegular) return true;

        using var slow = new FieldIndex(dialect, bytes.Length);
        var (start, done) = (0, 0);
        foreach (var until in fast.Lines)
        {
            if (slow.ScanRecord(bytes, start, isAll: true, dialect, out var fields, out var end, out _) != FieldIndex.Outcome.Complete) return false;
            if (!slow.Ends[..fields].SequenceEqual(fast.Ends[done..until])) return false;
            done = until;
            start = end + 1;
            if (bytes[end] == '\r' && start < bytes.Length && bytes[start] == '\n') start++;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_portable_masks_equal_those_of_the_vectors() => Prop.ForAll(Gen.Elements((byte)',', (byte)'"', (byte)'\n', (byte)'\r', (byte)0, (byte)'a').ArrayOf(64).ToArbitrary(), block =>
    {
        using var index = new FieldIndex(new CdrDialect(), 64);
        index.FindPortably(ref block[0], out var delimiters, out var quotes, out var lf, out var cr, out var nul);
        index.Find(ref block[0], out var delimiters2, out var quotes2, out var lf2, out var cr2, out var nul2);
        return (delimiters, quotes, lf, cr, nul) == (delimiters2, quotes2, lf2, cr2, nul2);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_good_line_allocates_nothing()
    {
        // Checked here for quotes, doubled quotes and quoted line ends too; the conformance kit checks each real format.
        var few = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 300).Select(Awkward)));
        var many = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 6000).Select(Awkward)));
        var format = new ThreeColumnFormat();
        Measure(few);
        Measure(many);
        var extra = Enumerable.Range(0, 5).Min(_ => Measure(many) - Measure(few));
        extra.ShouldBeLessThan(100);

        static string Awkward(int n) => Line(n, n % 3 == 0 ? "\"a \"\"b\"\" c\"" : n % 3 == 1 ? "\"two\nlines\"" : "plain") + "\r\n";

        long Measure(byte[] content)
        {
            var stream = new MemoryStream(content);
            var file = new CdrFile("x");
            var sink = new Forgetful();
            var before = GC.GetAllocatedBytesForCurrentThread();
            format.Read(stream, file, sink);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static int LinesOf(byte[] bytes)
    {
        var lines = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is not ((byte)'\n' or (byte)'\r')) continue;
            if (bytes[i] == '\r' && i + 1 < bytes.Length && bytes[i + 1] == '\n') i++;
            lines++;
        }
        return lines + (bytes.Length > 0 && bytes[^1] is not ((byte)'\n' or (byte)'\r') ? 1 : 0);
    }

    private sealed class Forgetful : ICdrSink
    {
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
