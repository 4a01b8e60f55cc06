using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Invoicing.Charges;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.CarrierCharges;

namespace Billing.Invoicing.Margins;

/// <summary>
/// What carriers charge for services beside what we charge the customers for them, for the days of one month (2.13). Both sides are spread over the days they are for, so
/// that a quarter's rental and a part of a month compare with a month.
/// </summary>
/// <param name="Month">The days.</param>
/// <param name="Rows">Service by service, those that lose money first.</param>
/// <param name="Unallocated">What carriers charge for the month and nobody is known for.</param>
/// <param name="Excluded">What carriers charge for it and people excluded.</param>
/// <param name="OtherCurrencies">What carriers charge for it in other currencies than the tenant's, by code: in none of the sums.</param>
public sealed record CarrierMargin(DateInterval Month, IReadOnlyList<MarginRow> Rows, decimal Unallocated, decimal Excluded, IReadOnlyList<(string Currency, decimal Amount)> OtherCurrencies)
{
    /// <summary>What carriers charge for the month, whoever it is for: the sum over their lines.</summary>
    public decimal Cost => Rows.Sum(row => row.Cost) + Unallocated + Excluded;

    /// <summary>What the customers pay for the same days.</summary>
    public decimal Charge => Rows.Sum(row => row.Charge);

    /// <summary>What is left.</summary>
    public decimal Margin => Charge - Cost;

    /// <summary>What carriers charge and nobody pays: unallocated lines, and services without a charge.</summary>
    public decimal Lost => Unallocated + Rows.Where(row => row.Verdict == MarginVerdict.NobodyPays).Sum(row => row.Cost);

    /// <summary>What we charge for services that the carrier bills no more.</summary>
    public decimal Surplus => Rows.Where(row => row.Verdict == MarginVerdict.NoCost).Sum(row => row.Charge);

    /// <summary>The margins of a month.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="tenant">Its currency.</param>
    /// <param name="month">Any day of the month; null for the latest that a carrier charges for.</param>
    /// <param name="today">The month that is meant where no carrier charges for any.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<CarrierMargin> LoadAsync(TenantDb db, Tenant tenant, DateOnly? month, DateOnly today, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        // The latest month that has begun: lines in advance reach into the next one.
        var days = CarrierChargeList.MonthOf(month ?? await ChargeCost.LatestAsync(db, today, cancellationToken) ?? today);
        var costs = await ChargeCost.LoadAsync(db, days, cancellationToken);
        var products = (await CarrierProductBook.LoadAsync(db, cancellationToken)).ToDictionary(p => (p.Carrier, p.Code));
        var code = tenant.Currency.Code;
        CarrierProduct? ProductOf(string carrier, string? its) => its is null ? null : products.GetValueOrDefault((carrier, its));
        var ours = costs.Where(c => c.Currency == code).ToList();
        var known = ours.Where(c => c.State == ChargeState.Allocated).Select(c =>
        {
            var product = ProductOf(c.Carrier, c.Code);
            return new CarrierCost(c.FileId, c.Line, c.Account!.Value, c.Service, product?.ProductId, c.Period, c.Quantity, c.Amount, product?.SuggestedRetail);
        }).ToList();
        var before = (await ChargeCost.KnownAsync(db, days.To!.Value, cancellationToken)).Select(k => (k.Account, k.Service, ProductOf(k.Carrier, k.Code)?.ProductId)).ToHashSet();
        var names = await db.QueryAsync($"select account_id, number, name from customers.account", row => (Id: row.Long(0), Number: row.Text(1), Name: row.Text(2)), cancellationToken);
        var labels = await db.QueryAsync($"select service_id, label from customers.service", row => (Id: row.Long(0), Label: row.Text(1)), cancellationToken);
        var rows = Compare(days, known, before, await ChargeList.LoadSubscriptionsAsync(db, null, cancellationToken), products.Values.Where(p => p.ProductId is not null).Select(p => p.ProductId!.Value).ToHashSet(), Money.CoinOf(tenant.Currency));
        var (account, label) = (names.ToDictionary(n => n.Id), labels.ToDictionary(l => l.Id, l => l.Label));
        var titles = products.Values.Where(p => p.ProductId is not null).GroupBy(p => p.ProductId!.Value).ToDictionary(g => g.Key, g => g.First().ProductName);
        decimal Sum(string state) => ours.Where(c => c.State == state).Sum(c => MonthShare.Of(c.Amount, c.Period, days));
        return new CarrierMargin(days,
            [.. rows.Select(r => new MarginRow(r.Account, account[r.Account].Number, account[r.Account].Name, r.Service, r.Service is { } id ? label[id] : "", r.Product is { } sold ? titles[sold] : null, r.Lines, r.Cost, r.Charge, r.Suggested, r.File, r.Line))
                .OrderBy(r => r.Verdict switch { MarginVerdict.NobodyPays => 0, MarginVerdict.BelowCost => 1, MarginVerdict.NoCost => 2, _ => 3 }).ThenBy(r => r.Margin)
                .ThenBy(r => r.AccountNumber, StringComparer.Ordinal).ThenBy(r => r.Service, StringComparer.Ordinal).ThenBy(r => r.Product, StringComparer.Ordinal)],
            Sum(ChargeState.Unallocated), Sum(ChargeState.Excluded),
            [.. costs.Where(c => c.Currency != code).GroupBy(c => c.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Sum(c => MonthShare.Of(c.Amount, c.Period, days)))).Where(one => one.Item2 != 0)]);
    }

    /// <summary>Pure: the two sides, by account, service and product. What no carrier ever billed is not the carriers' and left out.</summary>
    /// <param name="month">The days.</param>
    /// <param name="costs">Carriers' charges; those for other days are left out.</param>
    /// <param name="known">What carriers billed at any time before the month's end.</param>
    /// <param name="subscriptions">What we charge.</param>
    /// <param name="soldOn">Our products that carriers' products are sold on as.</param>
    /// <param name="coin">Slices of charges are rounded to a multiple of this, as on invoices.</param>
    internal static IReadOnlyList<Figures> Compare(DateInterval month, IReadOnlyList<CarrierCost> costs, IReadOnlySet<(long, long?, long?)> known, IReadOnlyList<Subscription> subscriptions, IReadOnlySet<long> soldOn, decimal coin)
    {
        var rows = new Dictionary<(long, long?, long?), Figures>();
        foreach (var cost in costs.Where(c => c.Period.Overlaps(month)).OrderBy(c => c.FileId).ThenBy(c => c.Line))
        {
            var key = (cost.Account, cost.Service, cost.Product);
            var row = rows.GetValueOrDefault(key) ?? new Figures(cost.Account, cost.Service, cost.Product, 0, 0, 0, null, cost.FileId, cost.Line);
            var part = cost.Period.Intersect(month)!.Value;
            var suggested = cost.Suggested is { } price ? decimal.Round(price * cost.Quantity * Math.Sign(cost.Amount) * part.Days / month.Days, 6, MidpointRounding.AwayFromZero) : (decimal?)null;
            rows[key] = row with
            {
                Lines = row.Lines + 1,
                Cost = row.Cost + MonthShare.Of(cost.Amount, cost.Period, month),
                Suggested = suggested is null ? row.Suggested : (row.Suggested ?? 0) + suggested,
            };
        }
        foreach (var charge in subscriptions.Where(s => s.Valid.Overlaps(month)))
        {
            var key = (charge.Account.Value, charge.Service?.Value, soldOn.Contains(charge.Product.Value) ? charge.Product.Value : (long?)null);
            if (!rows.TryGetValue(key, out var row) && !known.Contains(key)) continue;
            row ??= new Figures(key.Item1, key.Item2, key.Item3, 0, 0, 0, null, null, null);
            rows[key] = row with { Charge = row.Charge + ChargeIn(month, charge, coin) };
        }
        // A credit for a month that a carrier has billed no more, and nothing else, says nothing of that month.
        return [.. rows.Values.Where(r => r.Lines > 0 || r.Charge != 0)];
    }

    // What the invoices charge for these days: their slices, each spread over its days.
    private static decimal ChargeIn(DateInterval month, Subscription charge, decimal coin)
    {
        var sum = 0m;
        var from = charge.Valid.From > month.From ? charge.Valid.From : month.From;
        while (from < month.To && (charge.Valid.To is not { } end || from < end))
        {
            var period = BillingPeriods.Containing(charge.Valid.From, charge.AnchorDay, charge.Terms.EveryMonths, from);
            if (period.Intersect(charge.Valid) is not { IsEmpty: false } part) break;
            sum += MonthShare.Of(Proration.Price(charge.Price * charge.Quantity, part, period, charge.Terms.EveryMonths, charge.Terms.Basis, coin).Amount, part, month);
            from = part.To!.Value;
        }
        return sum;
    }

    /// <summary>The two sides of one service and product.</summary>
    internal sealed record Figures(long Account, long? Service, long? Product, int Lines, decimal Cost, decimal Charge, decimal? Suggested, long? File, long? Line);
}
