using Billing.Abstractions.Cdr;
using Billing.Abstractions.Testing;
using Billing.Usage.Import;

namespace Billing.Plugins.Tests;

/// <summary>REC-9: files of recurring charges are read by a description, and told from files of calls.</summary>
public sealed class RecurringChargesTests
{
    private static readonly string Sample = Path.Combine(Mappings.Folder, "Samples", "recurring-eight.rentals.csv");

    [Fact]
    public void The_eight_columns_are_charges_for_days_with_credits_and_a_total_that_agrees()
    {
        var format = Mappings.Of("recurring-eight");
        var (name, bytes) = (Path.GetFileName(Sample), File.ReadAllBytes(Sample));
        var sample = CdrFormatCatalog.SampleOf(name, bytes);
        format.Recognise(in sample).ShouldBe(90);
        format.Describe(in sample).Kind.ShouldBe(CdrFileKind.Recurring);
        using var output = new MemoryStream();
        using var sink = new CdrJsonSink(output, CdrTimeResolver.For(CdrTimeBase.Utc)) { WritesCharges = true };
        var tally = new CdrTally(sink);
        var file = new CdrFile(name);
        format.Read(new MemoryStream(bytes), file, tally);
        sink.Flush();
        (tally.Records, tally.Errors, tally.Skipped).ShouldBe((8, 0, 2));
        tally.Compare(file.Expected).ShouldBeEmpty();
        var lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        lines[3].ShouldContain("\"cost\":\"-3.725806\"");
        lines[3].ShouldEndWith("\"firstDay\":\"2026-10-21\",\"lastDay\":\"2026-10-31\"}");
        lines[4].ShouldContain("\"identity\":\"FTTC-2201-88\"");
    }

    /// <summary>None of the carriers' files beside the repository is of recurring charges; the one with eight columns holds calls and must not be taken for charges.</summary>
    [Fact]
    public void Calls_in_eight_columns_are_not_taken_for_charges()
    {
        if (Repository.SharedCdrs is not { } folder) return;
        var path = Path.Combine(folder, "uk-prerated-8col", "techtest_cdr_a.csv");
        var sample = CdrFormatCatalog.SampleOf(Path.GetFileName(path), File.ReadAllBytes(path));
        Mappings.Of("recurring-eight").Recognise(in sample).ShouldBeLessThan(50);
        var charges = CdrFormatCatalog.SampleOf("fixed.csv", File.ReadAllBytes(Sample));
        foreach (var id in Mappings.Ids.Where(id => id != "recurring-eight")) Mappings.Of(id).Recognise(in charges).ShouldBeLessThan(50, id);
    }
}
