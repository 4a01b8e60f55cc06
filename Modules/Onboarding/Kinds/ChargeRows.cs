using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Services;
using Billing.Onboarding.Rows;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>Recurring charges. One that is there with another price is not changed from a file: since when, a person must say.</summary>
internal static class ChargeRows
{
    public static async Task<ImportPlan> PlanAsync(TenantDb db, IEnumerable<RowReader> rows, CancellationToken cancellationToken)
    {
        var known = await KnownRecords.LoadAsync(db, cancellationToken);
        var products = await KnownProducts.LoadAsync(db, cancellationToken);
        var services = await KnownServices.LoadAsync(db, cancellationToken);
        // Two handsets are two equal rows; so each stored charge answers for one row.
        var stored = (await ChargeBook.LoadAsync(db, null, cancellationToken)).GroupBy(c => KeyOf(c.Charge)).ToDictionary(g => g.Key, g => g.Select(c => c.Charge).ToList());
        var plan = new PlanBuilder();
        foreach (var row in rows) plan.Take(row, Plan(row));
        return plan.ToPlan();

        PlannedRow? Plan(RowReader row)
        {
            var account = known.Account(row);
            var product = products.Find(row, isRecurring: true);
            var quantity = Quantity(row);
            var price = row.Amount("price");
            var from = row.Date("from");
            if (from is null && !row.Has("from")) row.Required("from");
            var to = row.Date("to")?.AddDays(1);
            var anchor = row.Whole("anchorDay", 1, 31) ?? 1;
            if (row.IsWrong || account is null || product is null || from is not { } start) return null;
            if (to <= start)
            {
                row.Refuse("onboarding.bad-dates", "to", $"The last day is before the first one, {start:yyyy-MM-dd}.");
                return null;
            }
            var service = services.Find(row, account.Account.Id);
            if (account.Account.EndedOn is { } ended && (to is null || to > ended)) row.Refuse("onboarding.bad-dates", "to", $"The account is closed: its last day is {ended.AddDays(-1):yyyy-MM-dd}. End the charge by then.");
            var charge = new Subscription(default, account.Account.Id, service, product.Id, row.Text("description") ?? product.Product.Name, quantity ?? 1, price ?? product.Product.Price,
                product.Product.Terms!, anchor, new DateInterval(start, to));
            if (!row.IsWrong)
                foreach (var failure in ChargeBook.Check(charge)) row.Refuse(failure);
            if (row.IsWrong) return null;

            if (stored.TryGetValue(KeyOf(charge), out var same) && same.Count > 0)
            {
                var twin = same.FindIndex(s => (s with { Id = default }) == charge);
                if (twin >= 0)
                {
                    same.RemoveAt(twin);
                    return new PlannedRow(row.Number, RowOutcome.Unchanged);
                }
                row.Refuse("onboarding.exists-differently", "price", "The account has this charge from the same day with another price, quantity or end. Change it on the account's page, from a day you choose; a file does not say since when.");
                return null;
            }
            return new PlannedRow(row.Number, RowOutcome.New, async (work, token) =>
            {
                if (!(await ChargeBook.AddAsync(work.Db, charge, token)).TryGet(out var id, out var failure)) return failure;
                work.Made(row.Number, "subscription", id.Value);
                return null;
            });
        }
    }

    private static decimal? Quantity(RowReader row)
    {
        if (row.Text("quantity") is not { } text) return null;
        if (decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var quantity)) return quantity;
        row.Refuse("onboarding.bad-quantity", "quantity", "This is not a quantity. Write digits with a decimal point: 2 or 1.5.");
        return null;
    }

    private static (long, long?, long, string, DateOnly) KeyOf(Subscription charge) => (charge.Account.Value, charge.Service?.Value, charge.Product.Value, charge.Description, charge.Valid.From);
}
