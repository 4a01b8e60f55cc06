namespace Billing.Usage.Arrivals;

/// <summary>How a file that is expected stands.</summary>
public enum ArrivalState
{
    /// <summary>Not due yet.</summary>
    Expected,

    /// <summary>Here, in time.</summary>
    Arrived,

    /// <summary>Here, after it was due.</summary>
    ArrivedLate,

    /// <summary>Due, and not here.</summary>
    Late,

    /// <summary>Not here; somebody has said that it will not come.</summary>
    Excused,
}
