using System.IO.Compression;
using System.Text;
using Billing.Abstractions.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Spreadsheets.Tests;

public sealed class SheetReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b", "1|2")]
    [InlineData("\uFEFFa;b\r\n1,5;2\r\n", "a|b", "1,5|2")]
    [InlineData("a\tb\n1\t2", "a|b", "1|2")]
    [InlineData("a,b\n\"one, two\",\"say \"\"hi\"\"\"\n", "a|b", "one, two|say \"hi\"")]
    [InlineData("a,b\n,\n\n 1 ,2\n", "a|b", "1|2")]
    public void Csv_is_read_in_its_dialects(string text, string header, string row)
    {
        var rows = Read(Encoding.UTF8.GetBytes(text));

        rows.Select(r => string.Join('|', r.Cells)).ShouldBe([header, row]);
    }

    [Fact]
    public void A_row_knows_the_line_it_begins_on() =>
        Read("a,b\n\"x\ny\",1\n\nz,2\n"u8.ToArray()).Select(row => row.Number).ShouldBe([1, 2, 5]);

    [Fact]
    public void Text_of_an_older_Windows_is_read_as_it_was_meant() =>
        Read([(byte)'a', (byte)'\n', 0x80, (byte)'5', (byte)' ', 0xE9])[^1][0].ShouldBe("€5 é");

    [Fact]
    public void Text_in_UTF_16_is_read() => Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a\né")])[^1][0].ShouldBe("é");

    [Theory]
    [InlineData("", "sheet.empty")]
    [InlineData(" , \n", "sheet.empty")]
    [InlineData("a\n\"never closed", "sheet.bad-csv")]
    [InlineData("a\0b", "sheet.not-a-table")]
    [InlineData("a\n1\n2\n3\n4\n", "sheet.too-many-rows")]
    [InlineData("a,b,c,d,e,f\n", "sheet.too-many-columns")]
    [InlineData("a\n012345678901234567890", "sheet.long-cell")]
    public void What_can_not_be_read_is_refused_by_name(string text, string code) => Refusal(Encoding.UTF8.GetBytes(text)).ShouldBe(code);

    [Fact]
    public void A_file_that_is_no_workbook_inside_is_refused() => Refusal("PK\u0003\u0004 and then nothing"u8.ToArray()).ShouldBe("sheet.bad-workbook");

    [Fact]
    public void An_archive_of_something_else_is_refused()
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("letter.txt").Open()) entry.Write("hello"u8);
        Refusal(file.ToArray()).ShouldBeOneOf("sheet.not-a-table", "sheet.bad-workbook");
    }

    [Fact]
    public void A_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked()
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("xl/worksheets/sheet1.xml").Open()) entry.Write(new byte[2 << 20]);
        Refusal(file.ToArray()).ShouldBe("sheet.too-big");
    }

    [Fact]
    public void An_old_workbook_is_told_what_to_become() => Refusal([0xD0, 0xCF, 0x11, 0xE0, 0, 0]).ShouldBe("sheet.old-excel");

    [Fact]
    public void A_workbook_gives_back_what_was_written_into_it()
    {
        var writer = new XlsxWriter("Numbers: [all]");
        writer.Text("Number").Text("From").Text("Price").Text("Note").EndRow();
        writer.Text("01134960000").Date(new DateOnly(2026, 2, 28)).Number(1234.5678m).Text("  <b>=1+1</b> \u0001").EndRow();
        writer.Text("").Date(new DateOnly(2024, 2, 29)).Number(-0.000001m).Text(null).EndRow();

        var rows = Read(writer.ToBytes());

        rows.Select(row => string.Join('|', row.Cells)).ShouldBe(["Number|From|Price|Note", "01134960000|2026-02-28|1234.5678|<b>=1+1</b>", "|2024-02-29|-0.000001"]);
        rows.Select(row => row.Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Every_table_reads_back_as_it_was_written_in_both_forms() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<NonEmptyArray<NonEmptyString>>>(), table =>
        {
            var rows = table.Get.Select(row => row.Get.Take(5).Select(cell => Clean(cell.Get)).ToArray()).ToArray();
            foreach (var writer in new TableWriter[] { new CsvWriter(), new XlsxWriter("x") })
            {
                writer.Text("header").Text("b").Text("c").Text("d").Text("e").EndRow();
                foreach (var row in rows)
                {
                    foreach (var cell in row) writer.Text(cell);
                    writer.EndRow();
                }
                var read = SheetReader.Read(writer.ToBytes(), new SheetLimits()).ValueOrThrow().Skip(1).Select(row => string.Join('|', row.Cells)).ToList();
                if (!read.SequenceEqual(rows.Select(row => string.Join('|', row)))) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    // What survives both forms: no control characters, nothing at the ends, nothing that begins like a formula.
    private static string Clean(string text) => "x" + string.Concat(text.Where(c => c is >= ' ' and < '\u00FF' and not (>= '\u007F' and <= '\u00A0'))) + "x";

    private static IReadOnlyList<SheetRow> Read(byte[] bytes) => SheetReader.Read(bytes, new SheetLimits()).ValueOrThrow();

    private static string Refusal(byte[] bytes)
    {
        SheetReader.Read(bytes, new SheetLimits(Bytes: 1 << 20, UnpackedBytes: 1 << 20, Rows: 4, Columns: 5, CellLength: 20)).TryGet(out _, out Failure? failure).ShouldBeFalse();
        return failure!.Code;
    }
}
