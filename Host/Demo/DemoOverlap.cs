namespace Billing.Host.Demo;

/// <summary>How the daily files and the monthly one of a carrier agree, in distinct calls of the month.</summary>
/// <param name="InBoth">In a daily file and in the monthly one.</param>
/// <param name="Corrected">Those of them whose price or destination is another one in the monthly file.</param>
/// <param name="OnlyInMonthly">Missing from the daily files, or spoilt there.</param>
/// <param name="OnlyInDaily">Taken back by the monthly file.</param>
/// <param name="OutsideMonth">In a daily file and not of this month, so in no monthly file either.</param>
sealed record DemoOverlap(int InBoth, int Corrected, int OnlyInMonthly, int OnlyInDaily, int OutsideMonth);
