using Billing.Tenancy.Data;

namespace Billing.Usage.WhatIf;

/// <summary>A replay's result as rows.</summary>
public static class WhatIfRows
{
    /// <summary>What a question came to; empty lists and no figures while it was not replayed.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="id">The question.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<WhatIfOutcome> LoadAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"""
            select f.calls, f.seconds, f.charged, f.revenue_before, f.revenue_after, f.cost, f.without_cost, f.priced_otherwise, f.charged_otherwise, f.lost, f.lost_worth, f.gained, f.gained_worth, f.unrated,
                   f.of_what, f.month, f.account_id, f.months, f.share, f.kind, f.destination, a.number, a.name
            from usage.what_if_figure f left join customers.account a using (tenant_id, account_id) where f.what_if_id = {id} order by f.of_what, f.place
            """,
            row => (Of: row.Text(14), Month: row.Maybe<DateOnly?>(15), Account: row.Maybe<long?>(16), Months: row.Maybe<int?>(17), Share: row.Maybe<decimal?>(18), Kind: row.MaybeText(19), Destination: row.MaybeText(20),
                Number: row.MaybeText(21), Name: row.MaybeText(22), Figures: ReadFigures(row)), cancellationToken);
        var causes = await db.QueryAsync($"select code, tariff, destination, message, file_id, line, calls, worth from usage.what_if_cause where what_if_id = {id} order by place",
            row => (Code: row.Text(0), Tariff: row.MaybeText(1), Destination: row.MaybeText(2), Message: row.MaybeText(3), File: row.Maybe<long?>(4), Line: row.Maybe<long?>(5), Calls: row.Long(6), Worth: row.Decimal(7)), cancellationToken);
        return new WhatIfOutcome(
            rows.Where(r => r.Of == "total").Select(r => r.Figures).FirstOrDefault(WhatIfFigures.None),
            [.. rows.Where(r => r.Of == "month").Select(r => new WhatIfMonth(r.Month!.Value, r.Figures))],
            [.. rows.Where(r => r.Of == "account").Select(r => new WhatIfAccount(r.Account!.Value, r.Months!.Value, r.Figures) { Number = r.Number ?? "", Name = r.Name ?? "", Share = r.Share })],
            [.. rows.Where(r => r.Of == "destination").Select(r => new WhatIfDestination(r.Kind!, r.Destination, r.Figures))],
            [.. causes.Where(c => c.Message is not null).Select(c => new WhatIfCause(c.Code, c.Tariff, c.Destination, c.Message!, c.File!.Value, c.Line!.Value, c.Calls, c.Worth))],
            [.. causes.Where(c => c.Message is null).Select(c => new WhatIfLeftOut(c.Code, c.Calls))]);
    }

    /// <summary>What all calls came to, by question.</summary>
    internal static async Task<IReadOnlyDictionary<long, WhatIfFigures>> TotalsAsync(TenantDb db, long[] ids, CancellationToken cancellationToken) => (await db.QueryAsync($"""
        select calls, seconds, charged, revenue_before, revenue_after, cost, without_cost, priced_otherwise, charged_otherwise, lost, lost_worth, gained, gained_worth, unrated, what_if_id
        from usage.what_if_figure where of_what = 'total' and what_if_id = any({ids})
        """, row => (Id: row.Long(14), Figures: ReadFigures(row)), cancellationToken)).ToDictionary(r => r.Id, r => r.Figures);

    /// <summary>Puts a result in the place of the one before.</summary>
    internal static async Task ReplaceAsync(TenantDb db, long id, WhatIfOutcome outcome, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync($"delete from usage.what_if_figure where what_if_id = {id}", cancellationToken);
        await db.ExecuteAsync($"delete from usage.what_if_cause where what_if_id = {id}", cancellationToken);
        var rows = new List<Line>([new Line("total", 1, outcome.Total)]);
        rows.AddRange(outcome.Months.Select((month, i) => new Line("month", i + 1, month.Figures) { Month = month.Month }));
        rows.AddRange(outcome.Accounts.Select((account, i) => new Line("account", i + 1, account.Figures) { Account = account.AccountId, Months = account.Months, Share = account.Share }));
        rows.AddRange(outcome.Destinations.Select((class_, i) => new Line("destination", i + 1, class_.Figures) { Kind = class_.Kind, Destination = class_.Destination }));
        await db.ExecuteAsync($"""
            insert into usage.what_if_figure (what_if_id, of_what, place, month, account_id, months, share, kind, destination, calls, seconds, charged, revenue_before, revenue_after, cost, without_cost,
                                              priced_otherwise, charged_otherwise, lost, lost_worth, gained, gained_worth, unrated)
            select {id}, u.* from unnest({rows.Select(r => r.Of).ToArray()}, {rows.Select(r => r.Place).ToArray()}, {rows.Select(r => r.Month).ToArray()}, {rows.Select(r => r.Account).ToArray()},
                {rows.Select(r => r.Months).ToArray()}, {rows.Select(r => r.Share).ToArray()}, {rows.Select(r => r.Kind).ToArray()}, {rows.Select(r => r.Destination).ToArray()},
                {Of(f => f.Calls)}, {Of(f => f.Seconds)}, {Of(f => f.Charged)}, {Of(f => f.Before)}, {Of(f => f.After)}, {Of(f => f.Cost)}, {Of(f => f.WithoutCost)},
                {Of(f => f.PricedOtherwise)}, {Of(f => f.ChargedOtherwise)}, {Of(f => f.Lost)}, {Of(f => f.LostWorth)}, {Of(f => f.Gained)}, {Of(f => f.GainedWorth)}, {Of(f => f.Unrated)}) u
            """, cancellationToken);
        var causes = outcome.Causes.Select(c => (c.Code, c.Tariff, c.Destination, Message: (string?)c.Message, File: (long?)c.FileId, Line: (long?)c.Line, c.Calls, c.Worth))
            .Concat(outcome.LeftOut.Select(l => (l.Code, Tariff: (string?)null, Destination: (string?)null, Message: (string?)null, File: (long?)null, Line: (long?)null, l.Calls, Worth: 0m))).ToList();
        if (causes.Count == 0) return;
        await db.ExecuteAsync($"""
            insert into usage.what_if_cause (what_if_id, place, code, tariff, destination, message, file_id, line, calls, worth)
            select {id}, u.* from unnest({Enumerable.Range(1, causes.Count).ToArray()}, {causes.Select(c => c.Code).ToArray()}, {causes.Select(c => c.Tariff).ToArray()}, {causes.Select(c => c.Destination).ToArray()},
                {causes.Select(c => c.Message).ToArray()}, {causes.Select(c => c.File).ToArray()}, {causes.Select(c => c.Line).ToArray()}, {causes.Select(c => c.Calls).ToArray()}, {causes.Select(c => c.Worth).ToArray()}) u
            """, cancellationToken);

        T[] Of<T>(Func<WhatIfFigures, T> figure) => [.. rows.Select(r => figure(r.Figures))];
    }

    private sealed record Line(string Of, int Place, WhatIfFigures Figures)
    {
        public DateOnly? Month { get; init; }

        public long? Account { get; init; }

        public int? Months { get; init; }

        public decimal? Share { get; init; }

        public string? Kind { get; init; }

        public string? Destination { get; init; }
    }

    private static WhatIfFigures ReadFigures(Row row) => new(row.Long(0), row.Long(1), row.Decimal(2), row.Decimal(3), row.Decimal(4), row.Decimal(5), row.Long(6), row.Long(7), row.Long(8), row.Long(9), row.Decimal(10),
        row.Long(11), row.Decimal(12), row.Long(13));
}
