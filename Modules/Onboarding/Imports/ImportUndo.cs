using System.Globalization;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Onboarding.Kinds;
using Billing.Rating.RateCards;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Imports;

/// <summary>
/// Takes an import back: what it made goes, what it changed is as it was before. All of it, or nothing while something depends on it: a bill, a
/// rated call, a change somebody made since.
/// </summary>
public static class ImportUndo
{
    private const int MostReasons = 20;

    /// <summary>Undoes an applied import. The caller commits when there is no failure.</summary>
    /// <returns>Everything that stands in the way, with the row of the file it is about; empty when it is undone.</returns>
    public static async Task<IReadOnlyList<Failure>> RunAsync(TenantDb db, long id, IChargeHistory history, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(history);
        await db.LockAsync("onboarding", cancellationToken);
        if (await ImportBook.FindAsync(db, id, cancellationToken) is not { } import) return [new Failure("records.gone", "There is no such import.")];
        if (import.Status != ImportStatus.Applied) return [await ImportBook.StaleAsync(db, id, cancellationToken)];
        if (await UsedAsync(db, id, cancellationToken) is { Count: > 0 } used) return used;

        var changes = await db.QueryAsync($"select file_row, subject, subject_id, version, before::text from onboarding.import_change where import_id = {id} order by place desc",
            row => new ImportWork.Change(row.Int(0), row.Text(1), row.Long(2), row.Int(3), row.MaybeText(4)), cancellationToken);
        var step = new Steps(db, import, history, now);
        var reasons = new List<Failure>();
        foreach (var change in changes)
        {
            if (await step.UndoAsync(change, cancellationToken) is not { } failure) continue;
            reasons.Add(failure with { Message = $"Row {change.Row}: {failure.Message}" });
            if (reasons.Count == MostReasons) break;
        }
        if (reasons.Count > 0) return reasons;
        await db.ExecuteAsync($"update onboarding.import set status = 'undone', undone_at = {now.UtcDateTime}, undone_by = {db.Actor.Name}, version = version + 1 where import_id = {id}", cancellationToken);
        return [];
    }

    // Bills and rated calls name accounts and services without a foreign key that would stop us (calls have none, for their number).
    private static async Task<List<Failure>> UsedAsync(TenantDb db, long id, CancellationToken cancellationToken) => await db.QueryAsync($"""
        select c.file_row, 'onboarding.billed', 'account ' || a.number || ' has invoice ' || min(i.number)
        from onboarding.import_change c join customers.account a on a.tenant_id = c.tenant_id and a.account_id = c.subject_id join invoicing.invoice i on i.tenant_id = a.tenant_id and i.account_id = a.account_id
        where c.import_id = {id} and c.subject = 'account' and c.before is null group by c.file_row, a.number
        union all
        select c.file_row, 'onboarding.calls-rated', 'calls of service ' || s.label || ' have been rated'
        from onboarding.import_change c join customers.assignment n on n.tenant_id = c.tenant_id and n.assignment_id = c.subject_id join customers.service s on s.tenant_id = n.tenant_id and s.service_id = n.service_id
        where c.import_id = {id} and c.subject = 'assignment' and c.before is null
          and s.service_id in (select u.service_id from usage.call u where u.service_id is not null)
        order by 1 limit {MostReasons}
        """, row => new Failure(row.Text(1), $"Row {row.Int(0)}: {row.Text(2)}. What is billed or rated can't be taken back; end the records instead."), cancellationToken);

    private sealed class Steps(TenantDb db, StoredImport import, IChargeHistory history, DateTimeOffset now)
    {
        // A thing the import changed twice is undone twice, and the second time over what the first left.
        private readonly Dictionary<(string, long), int> versions = [];

        public async Task<Failure?> UndoAsync(ImportWork.Change noted, CancellationToken cancellationToken)
        {
            var change = noted with { Version = versions.GetValueOrDefault((noted.Subject, noted.Id), noted.Version) };
            var failure = await TakeBackAsync(change, cancellationToken);
            if (failure is not null) return failure;
            versions[(noted.Subject, noted.Id)] = change.Version + 1;
            // What an earlier import left is there again, under a new version; that import can still be undone.
            if (noted.Before is not null)
                await db.ExecuteAsync($"""
                    update onboarding.import_change set version = {change.Version + 1}
                    where subject = {noted.Subject} and subject_id = {noted.Id} and version = {noted.Version - 1} and import_id <> {import.Id}
                    """, cancellationToken);
            return null;
        }

        private async Task<Failure?> TakeBackAsync(ImportWork.Change change, CancellationToken cancellationToken) => (change.Subject, change.Before) switch
        {
            ("account", null) => await RemoveAccountAsync(change, cancellationToken),
            ("account", { } before) => WhyNot(await AccountBook.ChangeAsync(db, new AccountId(change.Id), change.Version, Read<AccountDetails>(before), cancellationToken)),
            ("contact", null) => WhyNot(await ContactBook.RemoveAsync(db, await OwnerAsync(change, cancellationToken), change.Id, change.Version, cancellationToken)),
            ("contact", { } before) => WhyNot(await ContactBook.ChangeAsync(db, await OwnerAsync(change, cancellationToken), change.Id, change.Version, Read<Contact>(before), cancellationToken)),
            ("site", null) => WhyNot(await SiteBook.RemoveAsync(db, await OwnerAsync(change, cancellationToken), change.Id, change.Version, cancellationToken)),
            ("site", { } before) => WhyNot(await SiteBook.ChangeAsync(db, await OwnerAsync(change, cancellationToken), change.Id, change.Version, Read<Site>(before), cancellationToken)),
            ("service", null) => WhyNot(await ServiceBook.RemoveAsync(db, await OwnerAsync(change, cancellationToken), new ServiceId(change.Id), change.Version, cancellationToken)),
            ("service", { } before) => WhyNot(await ServiceBook.ChangeAsync(db, await OwnerAsync(change, cancellationToken), new ServiceId(change.Id), change.Version, Read<ServiceDetails>(before), cancellationToken)),
            ("assignment", null) => WhyNot(await NumberBook.RemoveAsync(db, await OwnerAsync(change, cancellationToken), change.Id, change.Version, cancellationToken)),
            ("assignment", { } before) => WhyNot(await NumberBook.EndAsync(db, await OwnerAsync(change, cancellationToken), change.Id, change.Version, LastDay(before), cancellationToken)),
            ("subscription", _) => WhyNot(await ChargeBook.RemoveAsync(db, await OwnerAsync(change, cancellationToken), new SubscriptionId(change.Id), change.Version, history, cancellationToken)),
            ("one_off", _) => WhyNot(await ChargeBook.RemoveOneOffAsync(db, await OwnerAsync(change, cancellationToken), change.Id, change.Version, history, cancellationToken)),
            ("product", null) => WhyNot(await ProductBook.RemoveAsync(db, new ProductId(change.Id), change.Version, cancellationToken)),
            ("product", { } before) => WhyNot(await ProductBook.ChangeAsync(db, new ProductId(change.Id), change.Version, Read<Product>(before), cancellationToken)),
            _ => await RestoreTariffAsync(change, cancellationToken),
        };

        private async Task<Failure?> RemoveAccountAsync(ImportWork.Change change, CancellationToken cancellationToken)
        {
            var rows = 0;
            var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"delete from customers.account where account_id = {change.Id} and version = {change.Version}", cancellationToken), cancellationToken);
            if (refusal is not null) return new Failure("onboarding.depended-on", $"something was added to this account since ({WhatOf(refusal)}). Remove that first, or close the account instead.");
            return rows == 1 ? null : await LastChange.RefuseAsync(db, "customers.account", "account_id", change.Id, "the account", cancellationToken);
        }

        // A version is never edited or removed: going back is publishing what was before.
        private async Task<Failure?> RestoreTariffAsync(ImportWork.Change change, CancellationToken cancellationToken)
        {
            var entry = (await TariffBook.LoadAsync(db, cancellationToken)).Single(t => t.Id == change.Id);
            if (entry.Latest != change.Version) return new Failure("records.changed-meanwhile", $"{entry.PublishedBy} published version {entry.Latest} of tariff {entry.Code} since. Publish the version you want from the tariff's page.");
            var before = JsonSerializer.Deserialize<TariffBefore>(change.Before!, ImportWork.Json)!.Version;
            if (before > 0)
            {
                var document = (await TariffBook.FindDocumentAsync(db, entry.Id, before, cancellationToken))!;
                var published = await TariffBook.PublishAsync(db, entry.Code, entry.Latest, document, $"Version {before} again: import {import.Id} was undone.", now, cancellationToken);
                return published.TryGet(out _, out var refused) ? null : refused;
            }
            var users = await db.ScalarAsync<long>($"select (select count(*) from customers.account where tariff_id = {entry.Id}) + (select count(*) from customers.service where tariff_id = {entry.Id})", cancellationToken);
            return users > 0
                ? new Failure("onboarding.depended-on", $"{users} accounts or services have tariff {entry.Code}, which the import made. Give them another first.")
                : WhyNot(await TariffBook.RetireAsync(db, entry.Id, entry.Version, isRetired: true, cancellationToken));
        }

        private async Task<AccountId> OwnerAsync(ImportWork.Change change, CancellationToken cancellationToken)
        {
            var owner = await db.FindAsync($"""
                select case {change.Subject}
                    when 'contact' then (select account_id from customers.contact where contact_id = {change.Id})
                    when 'site' then (select account_id from customers.site where site_id = {change.Id})
                    when 'service' then (select account_id from customers.service where service_id = {change.Id})
                    when 'assignment' then (select s.account_id from customers.assignment a join customers.service s using (tenant_id, service_id) where a.assignment_id = {change.Id})
                    when 'one_off' then (select account_id from customers.one_off_charge where charge_id = {change.Id})
                    else (select account_id from customers.subscription where subscription_id = {change.Id}) end
                """, row => row.Maybe<long?>(0), cancellationToken);
            // What is gone has no owner, and the step itself says who removed it.
            return new AccountId(owner ?? 0);
        }

        private static DateOnly? LastDay(string before) =>
            Read<NumberRows.EndBefore>(before).LastDay is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

        private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ImportWork.Json)!;

        private static Failure? WhyNot<T>(Result<T> result) => result.TryGet(out _, out var failure) ? null : failure;

        private static string WhatOf(Refusal refusal) => refusal.Table switch
        {
            "customers.contact" => "a contact",
            "customers.site" => "a site",
            "customers.service" => "a service",
            "customers.subscription" => "a recurring charge",
            "customers.one_off_charge" => "a one-off charge",
            var table when table.StartsWith("invoicing.", StringComparison.Ordinal) => "a billing run counts it",
            var table => table,
        };
    }

    private sealed record TariffBefore(int Version);
}
