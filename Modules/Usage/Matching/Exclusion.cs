namespace Billing.Usage.Matching;

/// <summary>Calls of one cause that somebody took out of billing.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Why">The reason.</param>
/// <param name="Code">What was wrong with them.</param>
/// <param name="Subject">With what.</param>
/// <param name="Calls">How many.</param>
/// <param name="Stake">What carriers charge for them.</param>
public sealed record Exclusion(DateTimeOffset At, string By, string Why, string Code, string Subject, long Calls, Stake Stake)
{
    /// <summary>Names it in an address without saying a number.</summary>
    public string Key => ErrorCause.KeyOf(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{At.UtcTicks}\n{By}\n{Code}"), Subject);
}
