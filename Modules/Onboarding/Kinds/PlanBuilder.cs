using Billing.Onboarding.Rows;

namespace Billing.Onboarding.Kinds;

/// <summary>Collects rows that are right and faults of those that are not.</summary>
internal sealed class PlanBuilder
{
    private readonly List<PlannedRow> rows = [];
    private readonly List<RowFault> faults = [];

    /// <summary>Takes a row: its faults if it has any, else what it would do.</summary>
    public void Take(RowReader row, PlannedRow? planned)
    {
        faults.AddRange(row.Faults);
        if (!row.IsWrong && planned is not null) rows.Add(planned);
    }

    public ImportPlan ToPlan() => new(rows, faults);
}
