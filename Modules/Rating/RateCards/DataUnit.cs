namespace Billing.Rating.RateCards;

/// <summary>How data is counted (R15): always stated, for "MB" means two things and rounding can double a bill.</summary>
/// <param name="MegabyteBytes">1,000,000 or 1,048,576: how many bytes a price per megabyte buys.</param>
/// <param name="RoundUpToBytes">Each session's bytes go up to a multiple of this; 1 leaves them as they are.</param>
public sealed record DataUnit(int MegabyteBytes, int RoundUpToBytes);
