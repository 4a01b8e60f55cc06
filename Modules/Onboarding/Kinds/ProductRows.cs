using System.Globalization;
using Billing.Catalog.Products;
using Billing.Onboarding.Rows;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>The price list. A cell that is empty leaves what is there; running charges keep their price.</summary>
internal static class ProductRows
{
    private static readonly string[] Bases = ["actual", "30", "30/360"];

    public static async Task<ImportPlan> PlanAsync(TenantDb db, IEnumerable<RowReader> rows, CancellationToken cancellationToken)
    {
        var known = await KnownProducts.LoadAsync(db, cancellationToken);
        var inFile = new Dictionary<string, int>(StringComparer.Ordinal);
        var plan = new PlanBuilder();
        foreach (var row in rows) plan.Take(row, Plan(row));
        return plan.ToPlan();

        PlannedRow? Plan(RowReader row)
        {
            var code = row.Required("code");
            var old = code is null ? null : known.ByCode.GetValueOrDefault(code);
            var product = ProductOf(row, code ?? "", old?.Product);
            if (!row.IsWrong)
                foreach (var failure in ProductBook.Check(product)) row.Refuse(failure, failure.Field == "everyMonths" ? "every" : failure.Field);
            if (old is not null && old.Product.Terms is null != product.Terms is null)
                row.Refuse("onboarding.bad-terms", "every", "A product stays recurring or one-off: running charges have its terms. Give this one another code.");
            if (code is not null && !inFile.TryAdd(code, row.Number)) row.Refuse("onboarding.repeated", "code", $"Row {inFile[code]} is the same product. Remove one of them.");
            if (row.IsWrong) return null;

            if (old is null)
                return new PlannedRow(row.Number, RowOutcome.New, async (work, token) =>
                {
                    if (!(await ProductBook.AddAsync(work.Db, product, token)).TryGet(out var id, out var failure)) return failure;
                    work.Made(row.Number, "product", id.Value);
                    return null;
                });
            return old.Product == product ? new PlannedRow(row.Number, RowOutcome.Unchanged) : new PlannedRow(row.Number, RowOutcome.Changed, async (work, token) =>
            {
                if (!(await ProductBook.ChangeAsync(work.Db, old.Id, old.Version, product, token)).TryGet(out var version, out var failure)) return failure;
                work.Changed(row.Number, "product", old.Id.Value, version, old.Product);
                return null;
            });
        }
    }

    private static Product ProductOf(RowReader row, string code, Product? old)
    {
        var name = row.Text("name") ?? old?.Name ?? row.Required("name") ?? "";
        var price = row.Amount("price") ?? old?.Price;
        if (price is null && !row.Has("price")) row.Required("price");
        var category = row.Choice("taxCategory", ProductBook.TaxCategories) ?? old?.TaxCategory ?? "standard";
        var nominal = row.Text("nominalCode") ?? old?.NominalCode ?? row.Required("nominalCode") ?? "";
        return new Product(code, name, price ?? 0, TermsOf(row, old), category, nominal);
    }

    private static RecurringTerms? TermsOf(RowReader row, Product? old)
    {
        var months = MonthsOf(row) ?? (old is null ? 1 : old.Terms?.EveryMonths ?? 0);
        var billing = row.Choice("billing", ["advance", "arrears"]) ?? (old?.Terms is { } terms ? RecurringTerms.TextOf(terms.Billing) : "advance");
        var basis = row.Choice("basis", Bases) ?? (old?.Terms is { } before ? RecurringTerms.TextOf(before.Basis) : "actual");
        return months == 0 ? null : RecurringTerms.Read(months, billing, basis);
    }

    // Zero months is a product that is charged once.
    private static int? MonthsOf(RowReader row) => row.Text("every")?.ToLowerInvariant() switch
    {
        null => null,
        "once" or "one-off" or "one off" or "0" => 0,
        "month" or "monthly" => 1,
        "quarter" or "quarterly" => 3,
        "year" or "yearly" or "annual" or "annually" => 12,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var months) && months <= 120 => months,
        _ => Refused(row),
    };

    private static int? Refused(RowReader row)
    {
        row.Refuse("onboarding.bad-choice", "every", "Write once, monthly, quarterly, yearly, or a number of months from 1 to 120.");
        return null;
    }
}
