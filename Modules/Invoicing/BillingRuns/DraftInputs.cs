using System.Text.Json;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Invoicing.Invoices;

namespace Billing.Invoicing.BillingRuns;

/// <summary>
/// Hashes of all that a draft is computed from, account by account: cheap enough to be taken again when the bills are requested, and exact enough to
/// say whose inputs changed. Posting computes each invoice anyway and compares; this says it before anything is posted.
/// </summary>
/// <param name="Shared">Products, what they include, and the tenant's own details.</param>
/// <param name="Usage">Priced calls before the cutoff, by account.</param>
/// <param name="Details">The account, its sites, services, subscriptions, one-off charges, allowances and caps.</param>
internal sealed record DraftInputs(string Shared, IReadOnlyDictionary<long, string> Usage, IReadOnlyDictionary<long, string> Details)
{
    private const int Named = 5;

    public static async Task<DraftInputs> LoadAsync(TenantDb db, Tenant tenant, BillingRunFields fields, CancellationToken cancellationToken)
    {
        var shared = await db.ScalarAsync<string>($"""
            select md5(coalesce((select string_agg(p::text, '|' order by p.product_id) from catalog.product p), '') || (select t::text from tenancy.tenant t)
                || coalesce((select string_agg(i::text, '|' order by i.product_allowance_id) from catalog.product_allowance i), ''))
            """, cancellationToken);
        // A sum of hashes does not depend on the order and needs no sorting of a million calls.
        var usage = await db.QueryAsync($"""
            select account_id, md5(count(*) || ':' || sum(hashtextextended(concat_ws('|', file_id, line, service_id, destination, band, charge), 0)))
            from usage.call where state = 'open' and started_at < {InvoiceSources.CutoffOf(tenant, fields).UtcDateTime} group by account_id
            """, row => (Account: row.Long(0), Hash: row.Text(1)), cancellationToken);
        var details = await db.QueryAsync($"""
            select a.account_id, md5(concat_ws('|', a::text,
                (select string_agg(x::text, '|' order by x.site_id) from customers.site x where x.account_id = a.account_id),
                (select string_agg(x::text, '|' order by x.service_id) from customers.service x where x.account_id = a.account_id),
                (select string_agg(x::text, '|' order by x.subscription_id) from customers.subscription x where x.account_id = a.account_id),
                (select string_agg(x::text, '|' order by x.charge_id) from customers.one_off_charge x where x.account_id = a.account_id),
                (select string_agg(x::text, '|' order by x.given_id) from customers.given_allowance x where x.account_id = a.account_id),
                (select string_agg(x::text, '|' order by x.cap_id) from customers.spend_cap x where x.account_id = a.account_id),
                (select string_agg(x::text, '|' order by x.consent_id) from customers.spend_cap_consent x join customers.spend_cap c using (tenant_id, cap_id) where c.account_id = a.account_id)))
            from customers.account a
            """, row => (Account: row.Long(0), Hash: row.Text(1)), cancellationToken);
        return new DraftInputs(shared, usage.ToDictionary(u => u.Account, u => u.Hash), details.ToDictionary(d => d.Account, d => d.Hash));
    }

    public static DraftInputs Parse(string json) => JsonSerializer.Deserialize<DraftInputs>(json)!;

    public override string ToString() => JsonSerializer.Serialize(this);

    /// <summary>What is different now, as sentences for a person; empty when nothing is.</summary>
    /// <param name="now">The same taken later.</param>
    /// <param name="numberOf">An account's number.</param>
    public IReadOnlyList<string> Changes(DraftInputs now, Func<long, string> numberOf)
    {
        var changes = new List<string>();
        if (now.Shared != Shared) changes.Add("the products or your company's details");
        Add("the calls of", Usage, now.Usage);
        Add("the details, services or charges of", Details, now.Details);
        return changes;

        void Add(string what, IReadOnlyDictionary<long, string> before, IReadOnlyDictionary<long, string> after)
        {
            var accounts = before.Keys.Union(after.Keys).Where(a => before.GetValueOrDefault(a) != after.GetValueOrDefault(a)).Select(numberOf).Order(StringComparer.Ordinal).ToList();
            if (accounts.Count > 0)
                changes.Add($"{what} {(accounts.Count == 1 ? "account" : $"{accounts.Count} accounts,")} {string.Join(", ", accounts.Take(Named))}{(accounts.Count > Named ? ", …" : "")}");
        }
    }
}
