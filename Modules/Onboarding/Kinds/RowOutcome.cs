namespace Billing.Onboarding.Kinds;

/// <summary>What a row would do.</summary>
public enum RowOutcome
{
    /// <summary>Makes something that is not there.</summary>
    New,

    /// <summary>Changes something that is.</summary>
    Changed,

    /// <summary>Says what is there already.</summary>
    Unchanged,
}
