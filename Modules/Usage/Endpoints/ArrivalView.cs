using Billing.Usage.Arrivals;

namespace Billing.Usage.Endpoints;

/// <summary>An expected file with what came.</summary>
sealed record ArrivalView(PlanView Plan, int Late, IReadOnlyList<NumberGap> MissingNumbers, IReadOnlyList<ArrivalSlot> Slots)
{
    public static ArrivalView Of(ArrivalCalendar calendar) => new(PlanView.Of(calendar.Plan), calendar.Late.Count(), calendar.Gaps, calendar.Slots);
}
