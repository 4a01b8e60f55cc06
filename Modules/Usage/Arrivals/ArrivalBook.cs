using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Import;
using Billing.Usage.Mapping;

namespace Billing.Usage.Arrivals;

/// <summary>The plans of a tenant, and what came beside them.</summary>
public static class ArrivalBook
{
    /// <summary>All plans, by carrier and label.</summary>
    public static async Task<IReadOnlyList<ArrivalPlan>> PlansAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"select plan_id, version, carrier, label, every, due_minutes, from_on, name_pattern, date_form from usage.arrival_plan order by carrier, label", Read, cancellationToken);
    }

    /// <summary>A plan by its number; null when there is none.</summary>
    public static async Task<ArrivalPlan?> FindAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.FindAsync($"select plan_id, version, carrier, label, every, due_minutes, from_on, name_pattern, date_form from usage.arrival_plan where plan_id = {id}", Read, cancellationToken);
    }

    /// <summary>Adds a plan, or changes one.</summary>
    /// <param name="db">The tenant; committed by the caller.</param>
    /// <param name="id">Which to change; 0 to add one.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="terms">What is expected.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What is wrong with the terms; <c>records.taken</c> where the carrier has one of that name; what <see cref="LastChange"/> says where it was changed meanwhile.</returns>
    public static async Task<Result<ArrivalPlan>> SaveAsync(TenantDb db, long id, int version, ArrivalTerms terms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Check() is [var (_, wrong), ..]) return wrong;
        var every = terms.Every.ToString().ToLowerInvariant();
        long? saved = null;
        var refusal = await db.TryAsync(async () => saved = id == 0
            ? await db.ScalarAsync<long>($"""
                insert into usage.arrival_plan (carrier, label, every, due_minutes, from_on, name_pattern, date_form)
                values ({terms.Carrier}, {terms.Label}, {every}, {terms.DueMinutes}, {terms.FromOn}, {terms.NamePattern}, {terms.DateForm}) returning plan_id
                """, cancellationToken)
            : await db.FindAsync($"""
                update usage.arrival_plan set carrier = {terms.Carrier}, label = {terms.Label}, every = {every}, due_minutes = {terms.DueMinutes}, from_on = {terms.FromOn},
                       name_pattern = {terms.NamePattern}, date_form = {terms.DateForm}, version = version + 1
                where plan_id = {id} and version = {version} returning plan_id
                """, row => (long?)row.Long(0), cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("records.taken", $"{terms.Carrier} has files called '{terms.Label}' in the calendar already.");
        if (saved is not { } plan) return await LastChange.RefuseAsync(db, "usage.arrival_plan", "plan_id", id, "the plan", cancellationToken);
        return (await FindAsync(db, plan, cancellationToken))!;
    }

    /// <summary>Removes a plan, with what was said of its files.</summary>
    /// <returns>Null when it is gone; else what <see cref="LastChange"/> says.</returns>
    public static async Task<Failure?> RemoveAsync(TenantDb db, long id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"delete from usage.arrival_plan where plan_id = {id} and version = {version}", cancellationToken) == 1
            ? null
            : await LastChange.RefuseAsync(db, "usage.arrival_plan", "plan_id", id, "the plan", cancellationToken);
    }

    /// <summary>Says that a file that is late will not come.</summary>
    /// <returns><c>arrival.not-found</c>, <c>arrival.no-reason</c> or <c>arrival.not-late</c> where it can't be.</returns>
    public static async Task<Result<ArrivalSlot>> ExcuseAsync(TenantDb db, Tenant tenant, CdrFormatCatalog plugins, long id, DateTimeOffset slot, string? why, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (string.IsNullOrWhiteSpace(why)) return new Failure("arrival.no-reason", "Say why the file will not come.");
        if (await FindAsync(db, id, cancellationToken) is null) return new Failure("arrival.not-found", $"There is no arrival plan {id}.");
        var calendar = (await LoadAsync(db, tenant, plugins, now, cancellationToken)).Single(one => one.Plan.Id == id);
        if (calendar.Slots.FirstOrDefault(one => one.Start == slot) is not { State: ArrivalState.Late } late) return new Failure("arrival.not-late", "No file is late for that time.");
        await db.ExecuteAsync($"""
            insert into usage.late_arrival (plan_id, slot, excused_at, excused_by, excused_why) values ({id}, {slot.UtcDateTime}, {now.UtcDateTime}, {db.Actor.Name}, {why.Trim()})
            on conflict (tenant_id, plan_id, slot) do update set excused_at = excluded.excused_at, excused_by = excluded.excused_by, excused_why = excluded.excused_why
            """, cancellationToken);
        return late with { State = ArrivalState.Excused, ExcusedBy = db.Actor.Name, ExcusedWhy = why.Trim() };
    }

    /// <summary>Every plan with what came.</summary>
    public static async Task<IReadOnlyList<ArrivalCalendar>> LoadAsync(TenantDb db, Tenant tenant, CdrFormatCatalog plugins, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(plugins);
        var plans = await PlansAsync(db, cancellationToken);
        if (plans.Count == 0) return [];
        var carriers = plans.Select(plan => plan.Terms.Carrier).Distinct().ToArray();
        // A file that came before its hour began was for another one; a day more, for whoever works ahead.
        var since = now.AddDays(-1 - plans.Max(plan => ArrivalCalendar.DaysBack[plan.Terms.Every])).UtcDateTime;
        var files = await db.QueryAsync($"""
            select f.file_id, f.name, f.carrier, lower(f.period), upper(f.period), least(f.imported_at, min(u.uploaded_at))
            from usage.cdr_file f left join usage.upload u on u.tenant_id = f.tenant_id and u.file_id = f.file_id
            where f.carrier = any ({carriers}) and f.imported_at >= {since}
            group by f.tenant_id, f.file_id
            """, row => new ArrivedFile(row.Long(0), row.Text(1), row.Text(2), PeriodOf(row.Maybe<DateOnly?>(3), row.Maybe<DateOnly?>(4)), row.Instant(5)), cancellationToken);
        var formats = (await DescribedCarriers.FormatsAsync(db, plugins, cancellationToken)).Formats.ToDictionary(format => format.Info.Id, format => format.Info.Carrier);
        var pending = await db.QueryAsync($"""
            select name, format, lower(period), upper(period), uploaded_at from usage.upload where state in ('waiting', 'running', 'failed', 'held') and format is not null
            """, row => new ArrivedFile(null, row.Text(0), formats.GetValueOrDefault(row.Text(1)) ?? "", PeriodOf(row.Maybe<DateOnly?>(2), row.Maybe<DateOnly?>(3)), row.Instant(4)), cancellationToken);
        var excuses = await db.QueryAsync($"select plan_id, slot, excused_by, excused_why from usage.late_arrival where excused_by is not null",
            row => (Plan: row.Long(0), Slot: row.Instant(1), Said: (row.Text(2), row.Text(3))), cancellationToken);
        return [.. plans.Select(plan => ArrivalCalendar.Of(plan, tenant, files.Concat(pending), excuses.Where(one => one.Plan == plan.Id).ToDictionary(one => one.Slot, one => one.Said), now))];
    }

    private static DateInterval? PeriodOf(DateOnly? from, DateOnly? to) => from is { } first && to is { } end ? new DateInterval(first, end) : null;

    private static ArrivalPlan Read(Row row) => new(row.Long(0), row.Int(1), new ArrivalTerms(
        row.Text(2), row.Text(3), Enum.Parse<ArrivalEvery>(row.Text(4), ignoreCase: true), row.Int(5), row.Date(6), row.MaybeText(7), row.MaybeText(8)));
}
