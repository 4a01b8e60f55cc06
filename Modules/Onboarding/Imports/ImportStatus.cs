namespace Billing.Onboarding.Imports;

/// <summary>Where an import has got to.</summary>
public enum ImportStatus
{
    /// <summary>Uploaded; nothing of it is in the records.</summary>
    Open,

    /// <summary>In the records.</summary>
    Applied,

    /// <summary>Was in the records and is taken back.</summary>
    Undone,

    /// <summary>Put aside without being applied.</summary>
    Discarded,
}
