using System.Text;
using Billing.Abstractions.Testing;

namespace Billing.Plugins.Tests;

public sealed class GammaDataTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(35)]
    public void A_negative_number_of_bytes_is_a_bad_line(int field)
    {
        var path = CdrFormats.PathOf("gamma-fcs-v3", "oddities_renamed_heading.csv");
        var line = File.ReadLines(path).First(text => text.Contains("\"Data, UK\"", StringComparison.Ordinal));
        var fields = line[1..^1].Split("\",\"");
        fields[field - 1] = "-1";
        var read = CdrRecording.Of(CdrFormats.Of("gamma-fcs-v3"), "a.csv", Encoding.UTF8.GetBytes('"' + string.Join("\",\"", fields) + "\"\n"));
        read.Records.ShouldBeEmpty();
        read.Problems.ShouldHaveSingleItem().Text.ShouldContain("'-1' is not an amount of data");
    }
}
