using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.Matching;

/// <summary>
/// Decisions to exclude that are remembered for the next files. A rule is asked when a file comes in and at no other time: what somebody brings back stays
/// among the errors, and revoking a rule changes nothing that it did.
/// </summary>
public static class ExclusionRules
{
    /// <summary>Longest that a rule may hold; a cause that lasts longer is to be mended.</summary>
    public const int MostDays = 366;

    /// <summary>All rules, those that hold first, then the latest.</summary>
    public static async Task<IReadOnlyList<ExclusionRule>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select rule_id, code, subject, why, last_on, made_at, made_by, revoked_at, revoked_by from usage.exclusion_rule order by revoked_at is null desc, rule_id desc
            """,
            row => new ExclusionRule(row.Long(0), new ErrorCause(row.Text(1), row.Text(2)), row.Text(3), row.Date(4), row.Instant(5), row.Text(6), row.IsNull(7) ? null : row.Instant(7), row.MaybeText(8)),
            cancellationToken);
    }

    /// <summary>Remembers a decision. One there is for the cause already gets the new reason and end.</summary>
    /// <returns>The rule's number; <c>errors.no-reason</c> or <c>errors.bad-end</c>.</returns>
    public static async Task<Result<long>> MakeAsync(TenantDb db, ErrorCause cause, string? why, DateOnly lastOn, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(cause);
        if (string.IsNullOrWhiteSpace(why)) return new Failure("errors.no-reason", "Say why the calls are not billed: an auditor will ask.") { Field = "why" };
        if (lastOn < today || lastOn > today.AddDays(MostDays))
            return new Failure("errors.bad-end", $"A decision is remembered up to a day from today on, at most {MostDays.ToString(CultureInfo.InvariantCulture)} days ahead.") { Field = "until" };
        await db.ExecuteAsync($"""
            update usage.exclusion_rule set revoked_at = {now.UtcDateTime}, revoked_by = {db.Actor.Name} where code = {cause.Code} and subject = {cause.Subject} and revoked_at is null
            """, cancellationToken);
        return await db.ScalarAsync<long>($"""
            insert into usage.exclusion_rule (code, subject, why, last_on, made_at, made_by) values ({cause.Code}, {cause.Subject}, {why.Trim()}, {lastOn}, {now.UtcDateTime}, {db.Actor.Name}) returning rule_id
            """, cancellationToken);
    }

    /// <summary>Revokes a rule; what it excluded stays so until somebody brings it back.</summary>
    /// <returns>False where there is none that holds.</returns>
    public static async Task<bool> RevokeAsync(TenantDb db, long id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"update usage.exclusion_rule set revoked_at = {now.UtcDateTime}, revoked_by = {db.Actor.Name} where rule_id = {id} and revoked_at is null", cancellationToken) == 1;
    }

    /// <summary>Excludes what the rules say of a file that has just come; once, in its transaction.</summary>
    /// <returns>Calls excluded.</returns>
    internal static Task<int> ApplyAsync(TenantDb db, Tenant tenant, long fileId, DateTimeOffset now, CancellationToken cancellationToken) => db.ExecuteAsync($"""
        update usage.call c
        set state = 'excluded', excluded_by = r.made_by, excluded_why = r.why || ' (rule ' || r.rule_id || ')', excluded_at = {now.UtcDateTime}, excluded_error_code = c.error_code,
            excluded_error_subject = c.error_subject, excluded_error_message = c.error_message, error_code = null, error_subject = null, error_message = null
        from usage.exclusion_rule r
        where c.file_id = {fileId} and c.state = 'error' and r.code = c.error_code and r.subject = coalesce(c.error_subject, '') and r.revoked_at is null
          and coalesce((c.started_at at time zone {tenant.TimeZone.Id})::date, {tenant.DayOf(now)}) <= r.last_on
        """, cancellationToken);
}
