using Billing.Onboarding.Rows;
using Billing.Rating.RateCards;

namespace Billing.Onboarding.Kinds;

/// <summary>What a file would do, computed against what is there now; nothing is done.</summary>
public sealed class ImportPlan
{
    internal ImportPlan(IReadOnlyList<PlannedRow> rows, IReadOnlyList<RowFault> faults, TariffComparison? tariff = null)
    {
        Rows = rows;
        Faults = faults;
        Tariff = tariff;
        New = rows.Count(r => r.Outcome == RowOutcome.New);
        Changed = rows.Count(r => r.Outcome == RowOutcome.Changed);
        Unchanged = rows.Count(r => r.Outcome == RowOutcome.Unchanged);
        Wrong = faults.Select(f => f.Row).Distinct().Count();
    }

    /// <summary>Rows that would make something.</summary>
    public int New { get; }

    /// <summary>Rows that would change something.</summary>
    public int Changed { get; }

    /// <summary>Rows that say what is there already.</summary>
    public int Unchanged { get; }

    /// <summary>Rows that are wrong.</summary>
    public int Wrong { get; }

    /// <summary>Everything wrong, by row; a row may have several.</summary>
    public IReadOnlyList<RowFault> Faults { get; }

    /// <summary>Rate cards: what the tariff's next version would change; null otherwise, and while no row is right.</summary>
    public TariffComparison? Tariff { get; }

    /// <summary>The counts a person agreed to: when records change meanwhile, these do.</summary>
    public string Fingerprint => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{New}-{Changed}-{Unchanged}-{Wrong}-{Tariff?.Removed.Count ?? 0}");

    internal IReadOnlyList<PlannedRow> Rows { get; }
}
