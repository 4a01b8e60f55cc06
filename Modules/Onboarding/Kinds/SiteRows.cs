using Billing.Customers.Accounts;
using Billing.Onboarding.Rows;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>Sites of accounts.</summary>
internal static class SiteRows
{
    public static async Task<ImportPlan> PlanAsync(TenantDb db, IEnumerable<RowReader> rows, CancellationToken cancellationToken)
    {
        var known = await KnownRecords.LoadAsync(db, cancellationToken);
        var sites = (await SiteBook.LoadAsync(db, null, cancellationToken)).ToDictionary(s => (s.Account, s.Site.Name));
        var billing = sites.Values.Where(s => s.Site.IsBilling).ToDictionary(s => s.Account);
        var inFile = new Dictionary<(AccountId, string), int>();
        var billingInFile = new Dictionary<AccountId, int>();
        var plan = new PlanBuilder();
        foreach (var row in rows) plan.Take(row, Plan(row));
        return plan.ToPlan();

        PlannedRow? Plan(RowReader row)
        {
            var account = known.Account(row);
            var name = row.Required("siteName");
            var address = KnownRecords.AddressOf(row);
            var isBilling = row.Flag("isBilling");
            if (row.IsWrong) return null;
            var id = account!.Account.Id;
            var old = sites.GetValueOrDefault((id, name!));
            var site = new Site(name!, address.Count == 0 && old is not null ? old.Site.Address : address, isBilling ?? old?.Site.IsBilling ?? false);
            foreach (var failure in site.Check()) row.Refuse(failure, failure.Field == "address" ? "address1" : failure.Field);
            if (!inFile.TryAdd((id, name!), row.Number)) row.Refuse("onboarding.repeated", "siteName", $"Row {inFile[(id, name!)]} is the same site of the same account. Remove one of them.");
            else if (site.IsBilling && !billingInFile.TryAdd(id, row.Number)) row.Refuse("onboarding.repeated", "isBilling", $"Row {billingInFile[id]} is the account's billing address already. Only one can be.");
            if (row.IsWrong) return null;
            if (old is null) return new PlannedRow(row.Number, RowOutcome.New, async (work, cancellationToken) =>
                await YieldAsync(work, row.Number, id, site, cancellationToken) ?? await CustomerRows.AddSiteAsync(work, row.Number, id, site, cancellationToken));
            if (old.Site.IsBilling == site.IsBilling && old.Site.Address.SequenceEqual(site.Address)) return new PlannedRow(row.Number, RowOutcome.Unchanged);
            return new PlannedRow(row.Number, RowOutcome.Changed, async (work, cancellationToken) =>
            {
                if (!old.Site.IsBilling && await YieldAsync(work, row.Number, id, site, cancellationToken) is { } refused) return refused;
                var changed = await SiteBook.ChangeAsync(work.Db, id, old.Id, work.VersionOf("site", old.Id, old.Version), site, cancellationToken);
                if (!changed.TryGet(out var version, out var failure)) return failure;
                work.Changed(row.Number, "site", old.Id, version, old.Site);
                return null;
            });
        }

        // The site that was the billing address before is changed as well, and undoing must know.
        async Task<Abstractions.Values.Failure?> YieldAsync(ImportWork work, int row, AccountId account, Site site, CancellationToken token)
        {
            if (!site.IsBilling || billing.GetValueOrDefault(account) is not { } before || before.Site.Name == site.Name) return null;
            var changed = await SiteBook.ChangeAsync(work.Db, account, before.Id, work.VersionOf("site", before.Id, before.Version), before.Site with { IsBilling = false }, token);
            if (!changed.TryGet(out var version, out var failure)) return failure;
            work.Changed(row, "site", before.Id, version, before.Site);
            return null;
        }
    }
}
