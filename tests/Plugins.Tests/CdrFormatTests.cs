using Billing.Abstractions.Testing;

namespace Billing.Plugins.Tests;

public sealed class CdrFormatTests
{
    public static TheoryData<string, string> Samples => CdrFormats.Samples;

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_gives_its_approved_result(string format, string sample) =>
        CdrApproval.Check(CdrFormats.Of(format), CdrFormats.PathOf(format, sample)).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_format_keeps_every_rule_of_the_contract(string format, string sample)
    {
        var findings = CdrConformance.Check(CdrFormats.Of(format), CdrSampleFile.From(CdrFormats.PathOf(format, sample)), CdrFormats.StrangersTo(format));
        // A file of a heading alone shows how a day without calls is recognised, and has no record to try the rules on.
        if (sample.Contains("_0_SIP", StringComparison.Ordinal)) findings = [.. findings.Where(finding => finding.Rule != "reads" && !finding.Message.StartsWith("Without its name", StringComparison.Ordinal))];
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void Every_format_has_a_sample()
    {
        var withSamples = CdrFormats.Samples.Select(row => (string)row[0]).ToHashSet();
        CdrFormats.Ids.ShouldAllBe(id => withSamples.Contains(id));
    }
}
