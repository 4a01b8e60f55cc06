namespace Billing.Usage.Import;

/// <summary>Why a local clock reading may be another instant than the one it was taken for.</summary>
public enum CdrTimeDoubt
{
    /// <summary>No doubt.</summary>
    None,

    /// <summary>The autumn clock change repeated that hour; the earlier instant was taken.</summary>
    Repeated,

    /// <summary>The spring clock change skipped that hour, so no clock showed it; it was moved forward by what was skipped.</summary>
    Skipped,
}
