using System.Globalization;

namespace Billing.Host.Demo;

/// <summary>One call attempt as it really was, before carriers wrote it down.</summary>
/// <param name="Carrier">Whose file it comes in.</param>
/// <param name="Identity">Trunk or PBX account; null where the carrier bills by calling number.</param>
/// <param name="Caller">Calling number with country code; 0 when it was withheld.</param>
/// <param name="Destination">Where it went.</param>
/// <param name="Called">Called number with country code, or a short code.</param>
/// <param name="StartedAt">In UTC.</param>
/// <param name="Seconds">Answered time.</param>
sealed record DemoCall(DemoCarrier Carrier, string? Identity, ulong Caller, DemoDestination Destination, string Called, DateTimeOffset StartedAt, int Seconds)
{
    /// <summary>The carrier's id of the record.</summary>
    public string RecordId { get; init; } = "";

    /// <summary>Number of the account that is to pay; null when nobody is found.</summary>
    public string? Account { get; init; }

    /// <summary>What its line becomes, unless the line is a duplicate or spoilt.</summary>
    public DemoFate Fate { get; init; } = DemoFate.Billable;

    /// <summary>What the carrier charges; negative for a reversal.</summary>
    public decimal Cost { get; init; } = Destination.CostOf(Seconds);

    /// <summary>The part of the cost that is a surcharge for an unknown country of origin.</summary>
    public decimal Surcharge { get; init; }

    /// <summary>True when the carrier gives the call away.</summary>
    public bool IsFree { get; init; }

    /// <summary>The wall clock reading in the file where it is not that of <see cref="StartedAt"/>: a time that never was.</summary>
    public DateTime? PrintedStart { get; init; }

    /// <summary>Day of the file it comes in, where it is not the day it started on.</summary>
    public DateOnly? DeliveredOn { get; init; }

    /// <summary>ANSWERED, NO ANSWER, BUSY or FAILED.</summary>
    public string Disposition { get; init; } = "ANSWERED";

    /// <summary>Seconds from start to answer.</summary>
    public int RingSeconds { get; init; }

    /// <summary>The day it started, on London's clock.</summary>
    public DateOnly Day => DemoMonth.DayOf(StartedAt);

    /// <summary>Start on London's clock, as a file shows it.</summary>
    public DateTime LocalStart => PrintedStart ?? DemoMonth.LocalOf(StartedAt);

    /// <summary>End on London's clock.</summary>
    public DateTime LocalEnd => DemoMonth.LocalOf(StartedAt.AddSeconds(Seconds));

    /// <summary>The calling number with a plus; empty when withheld.</summary>
    public string CallerText => Caller == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"+{Caller}");
}
