using Billing.Tenancy.Data;

namespace Billing.Invoicing.BillingRuns;

/// <summary>One run as a person looks at it: what was confirmed, what it came to, what was left out.</summary>
/// <param name="Run">The run.</param>
/// <param name="Totals">Its figures.</param>
/// <param name="Confirmations">Who checked what, in the order of <see cref="RunGate.Known"/>.</param>
/// <param name="Parked">Accounts that posting left out, each with its reason.</param>
public sealed record RunReview(BillingRun Run, RunTotals Totals, IReadOnlyList<GateConfirmation> Confirmations, IReadOnlyList<ParkedAccount> Parked)
{
    /// <summary>A run by its id; null when there is none.</summary>
    public static async Task<RunReview?> FindAsync(TenantDb db, BillingRunId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await BillingRunBook.FindAsync(db, id, cancellationToken) is not { } run) return null;
        var confirmations = await db.QueryAsync($"select gate, confirmed_by, confirmed_at, note from invoicing.confirmation where run_id = {id.Value}",
            row => new GateConfirmation(row.Text(0), row.Text(1), row.Instant(2), row.MaybeText(3)), cancellationToken);
        return new RunReview(run, (await RunTotals.LoadAsync(db, cancellationToken))[id],
            [.. confirmations.OrderBy(c => RunGate.Known.Index().First(gate => gate.Item == c.Gate).Index)],
            await RunPosting.ParkedAsync(db, id, cancellationToken));
    }
}
