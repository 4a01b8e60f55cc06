using Billing.Abstractions.Values;
using Billing.Screens;
using Billing.Screens.Search;
using Billing.Tenancy.Data;

namespace Billing.Invoicing.Invoices;

/// <summary>Invoices by their number, by whose they are, and by what is on them: an amount on a bank statement finds its invoice.</summary>
internal sealed class InvoiceSearch : ISearchSource
{
    public string Permission => Tenancy.Users.Permission.ViewBilling;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(TenantDb db, SearchWords words, int limit, CancellationToken cancellationToken) =>
        await db.QueryAsync($"""
            select i.number, a.number, a.name, i.invoice_date, i.gross, i.currency
            from invoicing.invoice i join customers.account a using (tenant_id, account_id)
            where i.number ilike {words.Pattern} or a.number ilike {words.Pattern} or a.name ilike {words.Pattern} or {words.Amount}::numeric in (i.gross, i.net)
            order by upper(i.number) = upper({words.Text}) desc, i.gross = {words.Amount}::numeric desc nulls last, i.invoice_date desc, i.sequence desc
            limit {limit}
            """,
            row => new SearchHit("Invoices", row.Text(0), $"{row.Text(1)} {row.Text(2)}, {Written.Day(row.Date(3))}, {Written.Amount(row.Decimal(4), Currency.Of(row.Text(5)))}",
                "/invoices/" + Uri.EscapeDataString(row.Text(0))), cancellationToken);
}
