namespace Billing.Host.Demo;

/// <summary>What the generator means a line of a call file to become, once all files are in and before anything is mended. Each line has one.</summary>
enum DemoFate
{
    /// <summary>Column names.</summary>
    Heading,

    /// <summary>Matched, priced (perhaps at nothing, as a freephone call) and inside the period.</summary>
    Billable,

    /// <summary>Billable, from before the period and not too old.</summary>
    Late,

    /// <summary>A negative amount: the carrier takes a call back.</summary>
    Reversal,

    /// <summary>Answered for less than a second.</summary>
    ZeroSeconds,

    /// <summary>Busy, not answered or failed.</summary>
    Unanswered,

    /// <summary>Started after the cutoff: waits for the next run.</summary>
    Held,

    /// <summary>Came before in the same file or in an earlier one.</summary>
    Duplicate,

    /// <summary>In a daily file, and again in the monthly one, which counts.</summary>
    Superseded,

    /// <summary>In a daily file, and not in the monthly one: the carrier took it back.</summary>
    Withdrawn,

    /// <summary>Error: nobody has the trunk, number or PBX account.</summary>
    Unassigned,

    /// <summary>Error: somebody had the number, but not on that day.</summary>
    NotOwnedOnDay,

    /// <summary>Error: no tariff knows the destination.</summary>
    UnknownDestination,

    /// <summary>Error: more than ninety days old.</summary>
    TooOld,

    /// <summary>Error: the line can't be read.</summary>
    BadLine,
}
