using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Onboarding.Rows;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>Numbers, ranges and circuits with their services.</summary>
internal static class NumberRows
{
    public static async Task<ImportPlan> PlanAsync(TenantDb db, IEnumerable<RowReader> rows, CancellationToken cancellationToken)
    {
        var known = await KnownRecords.LoadAsync(db, cancellationToken);
        var names = known.Accounts.Values.ToDictionary(a => a.Account.Id, a => a.Account.Number);
        var sites = (await SiteBook.LoadAsync(db, null, cancellationToken)).ToDictionary(s => (s.Account, s.Site.Name), s => s.Id);
        var services = (await ServiceBook.LoadAsync(db, null, cancellationToken)).ToDictionary(s => (s.Account, s.Details.Label));
        var labels = services.Values.ToDictionary(s => s.Id, s => s.Details.Label);
        var held = new HeldNumbers();
        var stored = new Dictionary<(AccountId, string, NumberBlock, DateOnly), StoredAssignment>();
        foreach (var assignment in await NumberBook.LoadAsync(db, null, cancellationToken))
        {
            stored[(assignment.Account, labels[assignment.Service], assignment.Block, assignment.Valid.From)] = assignment;
            held.Add(assignment.Block, assignment.Valid, $"{names[assignment.Account]}, service {labels[assignment.Service]}", assignment.Id);
        }
        var newServices = new Dictionary<(AccountId, string), (ServiceDetails Details, int Row)>();
        var plan = new PlanBuilder();
        foreach (var row in rows) plan.Take(row, Plan(row));
        return plan.ToPlan();

        PlannedRow? Plan(RowReader row)
        {
            var account = known.Account(row);
            var isService = row.Has("label") && !row.Has("first") && !row.Has("circuit");
            var block = isService ? null : BlockOf(row);
            var (from, to) = (row.Date("from") ?? account?.Account.StartedOn, row.Date("to")?.AddDays(1));
            var tariff = known.Tariff(row);
            if (isService && (row.Has("last") || row.Has("from") || row.Has("to")))
                row.Refuse("onboarding.service-alone", "label", "There is neither a number nor a circuit, so the row makes a service and nothing else, and a service has no days. Add the number, or leave the days empty.");
            if (row.IsWrong || from is not { } start || (block is null && !isService)) return null;
            var id = account!.Account.Id;
            var label = row.Text("label") ?? block!.ToString();
            long? site = null;
            if (row.Text("siteName") is { } siteName)
            {
                if (sites.TryGetValue((id, siteName), out var found)) site = found;
                else row.Refuse("onboarding.no-site", "siteName", "The account has no site of this name. Import sites first, or correct the name.");
            }
            if (to <= start) row.Refuse("onboarding.bad-dates", "to", $"The last day is before the first one, {start:yyyy-MM-dd}.");
            if (!isService && account.Account.EndedOn is { } ended && (to is null || to > ended)) row.Refuse("onboarding.bad-dates", "to", $"The account is closed: its last day is {ended.AddDays(-1):yyyy-MM-dd}. End the number by then.");
            if (row.IsWrong) return null;

            var service = services.GetValueOrDefault((id, label));
            var details = new ServiceDetails(label, site ?? service?.Details.SiteId, tariff ?? service?.Details.TariffId);
            foreach (var failure in details.Check()) row.Refuse(failure);
            if (service is null && newServices.TryGetValue((id, label), out var earlier) && earlier.Details != details)
                row.Refuse("onboarding.repeated", "label", $"Row {earlier.Row} gives the same service another site or tariff. Make the two rows agree.");
            if (row.IsWrong) return null;
            if (block is null) return PlanService(row, id, service, details, newServices);
            var valid = new DateInterval(start, to);
            var old = stored.GetValueOrDefault((id, label, block, start));
            if (!row.IsWrong && held.Find(block, valid, old?.Id) is { } holder)
                row.Refuse("onboarding.number-held", block.Circuit is null ? "first" : "circuit", $"It belongs to {holder}. A number has one owner a day: end or transfer it there first, or choose other days.");
            if (row.IsWrong) return null;

            if (service is null) newServices.TryAdd((id, label), (details, row.Number));
            held.Replace(block, valid, $"{names[id]}, service {label} (row {row.Number})", old?.Id, row.Number);
            var isServiceChanged = service is not null && service.Details != details;
            if (old is not null && old.Valid == valid && !isServiceChanged) return new PlannedRow(row.Number, RowOutcome.Unchanged);
            return new PlannedRow(row.Number, old is null ? RowOutcome.New : RowOutcome.Changed, async (work, token) =>
            {
                if (isServiceChanged && work.Versions.GetValueOrDefault(("service", service!.Id.Value)) == 0)
                {
                    var changed = await ServiceBook.ChangeAsync(work.Db, id, service.Id, service.Version, details, token);
                    if (!changed.TryGet(out var version, out var failure)) return failure;
                    work.Changed(row.Number, "service", service.Id.Value, version, service.Details);
                }
                return old is null
                    ? await AssignAsync(work, row.Number, id, service?.Id, details, block, valid, token)
                    : old.Valid == valid ? null : await EndAsync(work, row.Number, id, old, valid.To, token);
            });
        }
    }

    private static PlannedRow PlanService(RowReader row, AccountId account, StoredService? service, ServiceDetails details, Dictionary<(AccountId, string), (ServiceDetails, int)> newServices)
    {
        if (service is not null)
            return service.Details == details ? new PlannedRow(row.Number, RowOutcome.Unchanged) : new PlannedRow(row.Number, RowOutcome.Changed, async (work, token) =>
            {
                var changed = await ServiceBook.ChangeAsync(work.Db, account, service.Id, work.VersionOf("service", service.Id.Value, service.Version), details, token);
                if (!changed.TryGet(out var version, out var failure)) return failure;
                work.Changed(row.Number, "service", service.Id.Value, version, service.Details);
                return null;
            });
        return newServices.TryAdd((account, details.Label), (details, row.Number))
            ? new PlannedRow(row.Number, RowOutcome.New, async (work, token) => (await ServiceAsync(work, row.Number, account, details, token)).TryGet(out _, out var failure) ? null : failure)
            : new PlannedRow(row.Number, RowOutcome.Unchanged);
    }

    private static NumberBlock? BlockOf(RowReader row)
    {
        if (row.Text("circuit") is { } circuit)
        {
            if (row.Has("first")) row.Refuse("onboarding.number-and-circuit", "circuit", "The row has a number and a circuit. Write two rows.");
            if (NumberBlock.OfCircuit(circuit).TryGet(out var named, out var bad)) return named;
            row.Refuse(bad, "circuit");
            return null;
        }
        if (!row.Has("first"))
        {
            row.Refuse("onboarding.missing", "first", "There is neither a number nor a circuit.");
            return null;
        }
        var first = row.Telephone("first");
        var last = row.Has("last") ? row.Telephone("last") : first;
        if (first is not { } from || last is not { } to) return null;
        if (NumberBlock.Range(from, to).TryGet(out var block, out var failure)) return block;
        row.Refuse(failure, "last");
        return null;
    }

    private static async Task<Failure?> AssignAsync(
        ImportWork work, int row, AccountId account, ServiceId? service, ServiceDetails details, NumberBlock block, DateInterval valid, CancellationToken cancellationToken)
    {
        if (!(service is { } stored ? stored : await ServiceAsync(work, row, account, details, cancellationToken)).TryGet(out var owner, out var refused)) return refused;
        if (!(await NumberBook.AssignAsync(work.Db, owner, block, valid, cancellationToken)).TryGet(out var id, out var failure)) return failure;
        work.Made(row, "assignment", id);
        return null;
    }

    // A new service, unless an earlier row made it.
    private static async Task<Result<ServiceId>> ServiceAsync(ImportWork work, int row, AccountId account, ServiceDetails details, CancellationToken cancellationToken)
    {
        if (work.Services.TryGetValue((account, details.Label), out var made)) return made;
        var added = await ServiceBook.AddAsync(work.Db, account, details, cancellationToken);
        if (!added.TryGet(out var id, out _)) return added;
        work.Services[(account, details.Label)] = id;
        work.Made(row, "service", id.Value);
        return id;
    }

    private static async Task<Failure?> EndAsync(ImportWork work, int row, AccountId account, StoredAssignment old, DateOnly? to, CancellationToken cancellationToken)
    {
        if (!(await NumberBook.EndAsync(work.Db, account, old.Id, old.Version, to?.AddDays(-1), cancellationToken)).TryGet(out var version, out var failure)) return failure;
        work.Changed(row, "assignment", old.Id, version, new EndBefore(old.Valid.To?.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        return null;
    }

    /// <summary>The last day an assignment had before an import changed it; null for none.</summary>
    internal sealed record EndBefore(string? LastDay);
}
