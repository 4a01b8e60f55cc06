using Billing.Customers.Services;
using Billing.Onboarding.Rows;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>One-off charges and credits. Two equal rows are two charges, so each stored one answers for one row.</summary>
internal static class OneOffRows
{
    public static async Task<ImportPlan> PlanAsync(TenantDb db, IEnumerable<RowReader> rows, CancellationToken cancellationToken)
    {
        var known = await KnownRecords.LoadAsync(db, cancellationToken);
        var products = await KnownProducts.LoadAsync(db, cancellationToken);
        var services = await KnownServices.LoadAsync(db, cancellationToken);
        var stored = (await ChargeBook.LoadOneOffsAsync(db, null, cancellationToken)).GroupBy(c => c.Charge with { Id = 0 }).ToDictionary(g => g.Key, g => g.Count());
        var plan = new PlanBuilder();
        foreach (var row in rows) plan.Take(row, Plan(row));
        return plan.ToPlan();

        PlannedRow? Plan(RowReader row)
        {
            var account = known.Account(row);
            var product = products.Find(row, isRecurring: false);
            var amount = row.Amount("amount");
            var on = row.Date("chargeOn");
            if (on is null && !row.Has("chargeOn")) row.Required("chargeOn");
            if (row.IsWrong || account is null || product is null || on is not { } day) return null;
            var service = services.Find(row, account.Account.Id);
            var charge = new OneOffCharge(0, account.Account.Id, service, product.Id, row.Text("description") ?? product.Product.Name, amount ?? product.Product.Price, day);
            foreach (var failure in ChargeBook.Check(charge)) row.Refuse(failure);
            if (row.IsWrong) return null;

            if (stored.TryGetValue(charge, out var left) && left > 0)
            {
                stored[charge] = left - 1;
                return new PlannedRow(row.Number, RowOutcome.Unchanged);
            }
            return new PlannedRow(row.Number, RowOutcome.New, async (work, token) =>
            {
                if (!(await ChargeBook.AddAsync(work.Db, charge, token)).TryGet(out var id, out var failure)) return failure;
                work.Made(row.Number, "one_off", id);
                return null;
            });
        }
    }
}
