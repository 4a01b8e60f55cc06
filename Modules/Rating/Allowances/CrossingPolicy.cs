namespace Billing.Rating.Allowances;

/// <summary>What becomes of the call that an allowance is too small for (rule R10): 98 of 100 minutes used, five minutes at 6p.</summary>
public enum CrossingPolicy
{
    /// <summary>What is left covers its part of the call; the rest is charged: 18p.</summary>
    Split,

    /// <summary>A call is covered whole or not at all: 30p. What is left waits for a shorter one.</summary>
    FitsOnly,

    /// <summary>The call that uses the last of it up is free: 0p.</summary>
    LastFree,
}
