using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Tenancy.Audit;

/// <summary>Who touched a row last, as the audit trail has it: the answer to somebody whose form is out of date.</summary>
/// <param name="Action"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="ActorName">Who.</param>
/// <param name="When">When, in words, on the tenant's clock: <c>3 Nov 2026 at 09:30</c>.</param>
public sealed record LastChange(string Action, string ActorName, string When)
{
    /// <summary>Code of a form that was filled in while somebody else changed the same thing.</summary>
    public const string ChangedMeanwhile = "records.changed-meanwhile";

    /// <summary>Code of a thing that is not there any more.</summary>
    public const string Gone = "records.gone";

    /// <summary>Reads it; null when the trail knows nothing of the row.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="subject">The table with its schema, <c>customers.account</c>.</param>
    /// <param name="keyColumn">The column of its key besides the tenant.</param>
    /// <param name="key">Which row.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<LastChange?> FindAsync(TenantDb db, string subject, string keyColumn, long key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var id = JsonSerializer.Serialize(new Dictionary<string, long>(StringComparer.Ordinal) { [keyColumn] = key });
        return db.FindAsync($"""
            select a.action, a.actor_name, to_char(a.noted_at at time zone t.time_zone, 'FMDD Mon YYYY "at" HH24:MI')
            from tenancy.audit a join tenancy.tenant t using (tenant_id)
            where a.tenant_id = tenancy.current_tenant() and a.subject = {subject} and a.subject_key = {id}::jsonb
            order by a.entry desc limit 1
            """, row => new LastChange(row.Text(0), row.Text(1), row.Text(2)), cancellationToken);
    }

    /// <summary>The refusal of a write whose version is not the row's: says who changed or removed it, and when.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="subject">As in <see cref="FindAsync"/>.</param>
    /// <param name="keyColumn">As in <see cref="FindAsync"/>.</param>
    /// <param name="key">As in <see cref="FindAsync"/>.</param>
    /// <param name="what">What it is, to begin a sentence with: <c>This contact</c>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<Failure> RefuseAsync(TenantDb db, string subject, string keyColumn, long key, string what, CancellationToken cancellationToken = default)
    {
        var last = await FindAsync(db, subject, keyColumn, key, cancellationToken);
        return last switch
        {
            { Action: "delete" } => new Failure(Gone, $"{what} was removed by {last.ActorName} on {last.When}. Nothing was saved."),
            { Action: "update" } => new Failure(ChangedMeanwhile, $"{what} was changed by {last.ActorName} on {last.When}, after you opened it. Nothing was saved: look at what is there now, then make your change again."),
            _ => new Failure(Gone, $"{what} is not there, or not as it was when you opened it. Nothing was saved: open the page again."),
        };
    }
}
