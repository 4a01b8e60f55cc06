using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Screens.Tables;
using Billing.Tenancy.Data;

namespace Billing.Invoicing.Pages.Runs;

/// <summary>The invoices of a run, searched and sorted: the table on the page and the exported one are the same list.</summary>
internal static class InvoiceList
{
    public static IReadOnlyList<string> Sorts { get; } = ["number", "account", "name", "date", "due", "net", "vat", "gross", "calls"];

    /// <summary>What may be left out; the number stays.</summary>
    public static IReadOnlyList<ListColumn> Columns { get; } =
    [
        new("account", "Account"), new("name", "Name"), new("date", "Date"), new("due", "Due"), new("net", "Net"), new("vat", "VAT"), new("gross", "Gross"), new("calls", "Calls"), new("pdf", "PDF"),
    ];

    public static async Task<IReadOnlyList<IssuedInvoice>> LoadAsync(TenantDb db, BillingRunId run, ListQuery query, CancellationToken cancellationToken)
    {
        var invoices = (await InvoiceRegister.ListAsync(db, run, cancellationToken)).Where(invoice => Matches(invoice, query.Search));
        // A stable order within equal values, so that a row is on one page and no other.
        var sorted = query.Sort switch
        {
            "account" => Order(invoices, i => i.AccountNumber, StringComparer.Ordinal, query),
            "name" => Order(invoices, i => i.AccountName, StringComparer.OrdinalIgnoreCase, query),
            "date" => Order(invoices, i => i.InvoiceDate, null, query),
            "due" => Order(invoices, i => i.DueOn, null, query),
            "net" => Order(invoices, i => i.Net, null, query),
            "vat" => Order(invoices, i => i.Vat, null, query),
            "gross" => Order(invoices, i => i.Gross, null, query),
            "calls" => Order(invoices, i => i.Calls, null, query),
            _ => Order(invoices, i => i.Sequence, null, query),
        };
        return [.. sorted.ThenBy(i => i.Sequence)];
    }

    private static bool Matches(IssuedInvoice invoice, string search) =>
        search.Length == 0
        || invoice.Number.Contains(search, StringComparison.OrdinalIgnoreCase)
        || invoice.AccountNumber.Contains(search, StringComparison.OrdinalIgnoreCase)
        || invoice.AccountName.Contains(search, StringComparison.OrdinalIgnoreCase);

    private static IOrderedEnumerable<IssuedInvoice> Order<TKey>(IEnumerable<IssuedInvoice> invoices, Func<IssuedInvoice, TKey> key, IComparer<TKey>? comparer, ListQuery query) =>
        query.IsDescending ? invoices.OrderByDescending(key, comparer) : invoices.OrderBy(key, comparer);
}
