using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Plugins.Gamma;

namespace Billing.Plugins.Tests;

public sealed class GammaFileNameTests
{
    [Fact]
    public void A_daily_file_says_its_day_and_how_many_calls_it_has() => Describe("FZG_Daily_Calls_700100_07042026_000123_9201_SIP_V3.txt")
        .ShouldBe(new CdrFileFacts(CdrFileKind.Daily, new DateInterval(new(2026, 4, 7), new(2026, 4, 8)), new CdrTotals(Records: 9201)));

    [Theory]
    [InlineData("01042026", 3)]
    [InlineData("15042026", 3)]
    [InlineData("16042026", 4)]
    [InlineData("30042026", 4)]
    public void A_monthly_file_of_the_first_half_of_a_month_is_about_the_month_before(string date, int month) =>
        Describe($"FZG_Monthly_Calls_700100_{date}_000124_5_SIP_V3.txt")
            .ShouldBe(new CdrFileFacts(CdrFileKind.Monthly, new DateInterval(new(2026, month, 1), new(2026, month + 1, 1)), new CdrTotals(Records: 5)));

    [Fact]
    public void A_reconciliation_file_is_told_from_a_monthly_one() =>
        Describe("fzg_reconciliation_calls_700100_01042026_000125_3_SIP_V3.txt").Kind.ShouldBe(CdrFileKind.Reconciliation);

    [Fact]
    public void Any_other_name_says_nothing() => Describe("calls.csv").ShouldBe(CdrFileFacts.Unknown);

    private static CdrFileFacts Describe(string name) => new GammaCdrFormat().Describe(CdrSample.Of(name, [], isWhole: true));
}
