using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Tenancy.Users;

/// <summary>Lets the operator's people into a tenant's data: asked for with a reason, granted by the tenant for a time, ended by the clock or by either side.</summary>
public static class SupportDesk
{
    /// <summary>Shortest stay.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>Longest stay; the database refuses a longer one.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>All of a tenant, the newest first.</summary>
    public static Task<List<SupportAccess>> ListAsync(TenantDb db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.QueryAsync($"""
            select access_id, operator_id, operator_name, reason, requested_at, state, role, answered_by, ends_at from tenancy.support_access order by access_id desc
            """, row => Read(row, now), cancellationToken);
    }

    /// <summary>An operator's stay that lasts; null when they were not let in.</summary>
    public static async Task<SupportAccess?> FindStayAsync(TenantDb db, PersonId who, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"""
            select access_id, operator_id, operator_name, reason, requested_at, state, role, answered_by, ends_at from tenancy.support_access
            where operator_id = {who.Value} and state = 'granted' and ends_at > {now.UtcDateTime}
            """, row => Read(row, now), cancellationToken);
    }

    /// <summary>Asks a tenant to be let in. The transaction's actor is the operator.</summary>
    /// <returns>The request's id, <c>support.no-reason</c>, or <c>support.asked</c> while there is a request or a stay already.</returns>
    public static async Task<Result<long>> RequestAsync(TenantDb db, Person who, string reason, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(who);
        if (string.IsNullOrWhiteSpace(reason)) return new Failure("support.no-reason", "Say why you need to see this tenant's data; its admin reads it.");
        await CloseAsync(db, now, cancellationToken);
        var id = await db.FindAsync($"""
            insert into tenancy.support_access (operator_id, operator_name, reason, requested_at, state)
            values ({who.Id.Value}, {who.Name}, {reason.Trim()}, {now.UtcDateTime}, 'requested')
            on conflict (tenant_id, operator_id) where state in ('requested', 'granted') do nothing returning access_id
            """, row => (long?)row.Long(0), cancellationToken);
        return id is { } made ? made : new Failure("support.asked", "You have asked already, or are let in already.");
    }

    /// <summary>Lets the operator in.</summary>
    /// <returns>Until when, <c>support.bad-role</c>, <c>support.bad-time</c>, or <c>support.answered</c> when the request is not open any more.</returns>
    public static async Task<Result<DateTimeOffset>> GrantAsync(TenantDb db, long id, string role, TimeSpan time, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!Role.OfSupport.Contains(role)) return new Failure("support.bad-role", $"Support can be let in as {string.Join(", ", Role.OfSupport)}.");
        if (time < Shortest || time > Longest) return new Failure("support.bad-time", "Support can be let in for one hour to seven days.");
        var ends = now + time;
        return await db.ExecuteAsync($"""
            update tenancy.support_access set state = 'granted', role = {role}, answered_by = {db.Actor.Name}, answered_at = {now.UtcDateTime}, ends_at = {ends.UtcDateTime}
            where access_id = {id} and state = 'requested'
            """, cancellationToken) > 0 ? ends : Answered;
    }

    /// <summary>Says no.</summary>
    public static async Task<Result<long>> RefuseAsync(TenantDb db, long id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"""
            update tenancy.support_access set state = 'refused', answered_by = {db.Actor.Name}, answered_at = {now.UtcDateTime} where access_id = {id} and state = 'requested'
            """, cancellationToken) > 0 ? id : Answered;
    }

    /// <summary>Ends a stay, or takes a request back, before the clock does.</summary>
    public static async Task<Result<long>> EndAsync(TenantDb db, long id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"""
            update tenancy.support_access set state = 'ended', ended_at = {now.UtcDateTime} where access_id = {id} and state in ('requested', 'granted')
            """, cancellationToken) > 0 ? id : Answered;
    }

    /// <summary>Writes down that stays whose time is up have ended. They let nobody in before that either.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> CloseAsync(TenantDb db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var closed = await db.QueryAsync($"""
            update tenancy.support_access set state = 'ended', ended_at = ends_at where state = 'granted' and ends_at <= {now.UtcDateTime} returning access_id, operator_name
            """, row => (Id: row.Long(0), Name: row.Text(1)), cancellationToken);
        foreach (var stay in closed) db.Note(new Deed("support.ended-by-time", "support-access", new { access_id = stay.Id }, new { stay.Name }));
        return closed.Count;
    }

    private static Failure Answered { get; } = new("support.answered", "This request was answered, taken back or is over already.");

    private static SupportAccess Read(Row row, DateTimeOffset now)
    {
        DateTimeOffset? ends = row.IsNull(8) ? null : row.Instant(8);
        var state = row.Text(5) switch
        {
            "requested" => SupportState.Requested,
            "granted" when ends > now => SupportState.Granted,
            "refused" => SupportState.Refused,
            _ => SupportState.Ended,
        };
        return new(row.Long(0), new PersonId(row.Long(1)), row.Text(2), row.Text(3), row.Instant(4), state, row.MaybeText(6), row.MaybeText(7), ends);
    }
}
