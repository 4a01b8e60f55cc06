using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Abstractions.Values;
using Billing.Customers.Services;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.RatedCalls;

namespace Billing.Usage.Matching;

/// <summary>
/// Does something about causes of billing errors and prices again what waited for it, in one transaction of the caller's. Not committed it was a preview: the
/// very same work, so its counts are those of the real thing.
/// </summary>
public static class Remedies
{
    /// <summary>Code of a remedy that does not fit a cause.</summary>
    public const string WrongRemedy = "errors.wrong-remedy";

    /// <summary>Code of an undo that comes too late.</summary>
    public const string TooLate = "errors.undo-late";

    /// <summary>Applies a remedy.</summary>
    /// <param name="db">The tenant, and who does it.</param>
    /// <param name="tenant">Its clock.</param>
    /// <param name="groups">The causes; with a remedy that changes something, other errors that it mends clear too.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What came of it; or why it can't be done, and then the transaction must not be committed.</returns>
    public static async Task<Result<RerateOutcome>> ApplyAsync(
        TenantDb db, Tenant tenant, IReadOnlyList<ErrorGroup> groups, Remedy remedy, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(remedy);
        if (groups.Count == 0) return new Failure("errors.gone", "None of these causes has calls any more: somebody mended or excluded them.");
        if (groups.FirstOrDefault(group => !Fits(remedy.Kind, group)) is { } misfit)
            return new Failure(WrongRemedy, $"That does not help against {misfit.Code}. Choose only causes that one and the same change mends.") { Field = "kind" };
        await MarkTriedAsync(db, cancellationToken);
        var changed = remedy.Kind switch
        {
            Remedy.Assign => await AssignAsync(db, tenant, groups, remedy, cancellationToken),
            Remedy.Rate => await AddRatesAsync(db, groups, remedy, now, cancellationToken),
            Remedy.Tariff => await GiveTariffAsync(db, groups, remedy, cancellationToken),
            _ => new Undoing(),
        };
        if (!changed.TryGet(out var undo, out var failure)) return failure;
        var outcome = remedy.Kind == Remedy.Again ? await AgainAsync(db, tenant, groups, cancellationToken) : await Rerating.RunAsync(db, tenant, onlyErrors: true, cancellationToken);
        var causes = groups.Select(group => group.Cause).ToList();
        var id = await MendingBook.AddAsync(db, remedy.Kind, causes, remedy, remedy.Kind == Remedy.Again ? null : undo, outcome, now, cancellationToken);
        db.Note(new Deed("errors.mended", "billing-error", new { MendingId = id }, new { remedy.Kind, Causes = causes, outcome.Calls, outcome.Cleared, outcome.Moved, outcome.Worth }));
        return outcome;
    }

    /// <summary>True where a remedy can help against a cause.</summary>
    public static bool Fits(string kind, ErrorGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return kind switch
        {
            Remedy.Again => group.CanBeRerated,
            Remedy.Assign => group.Code is "usage.unassigned" or "usage.not-owned-on-day" && group.Subject is not ("" or "withheld"),
            Remedy.Rate => group.Code is "rating.unknown-destination" or "rating.no-rate" && group.Subject.Length > 0 && group.Subject != "no number",
            Remedy.Tariff => group.Code == "rating.no-tariff",
            _ => false,
        };
    }

    /// <summary>Takes a mending back: what it changed is changed back, and the calls it gave a price are errors again.</summary>
    /// <returns>Calls that became errors again; <c>errors.no-mending</c>, <c>errors.undone</c>, <c>errors.undo-billed</c> or <see cref="TooLate"/> where it can't be.</returns>
    public static async Task<Result<int>> UndoAsync(TenantDb db, Tenant tenant, long id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        var (undo, isUndone) = await MendingBook.FindAsync(db, id, cancellationToken);
        if (undo is null) return new Failure("errors.no-mending", "There is nothing of that kind to undo.");
        if (isUndone) return new Failure("errors.undone", "That is undone already.");
        // Nobody may put a call of it on an invoice meanwhile.
        await db.LockAsync("rating", cancellationToken);
        await MarkTriedAsync(db, cancellationToken);
        if (await db.ScalarAsync<bool>($"""
            select exists (select from usage.call where invoice_id is not null and ((tariff_id = {undo.TariffId} and tariff_version >= {undo.Version} and destination = {undo.Destination})
                or (service_id = any ({undo.Services}) and ({undo.Parties}::text[] is null or array[circuit, caller, called] && {undo.Parties}::text[]))))
            """, cancellationToken))
            return new Failure("errors.undo-billed", "Calls that it cleared are on invoices. What is billed stays: change the number or the tariff from a day on, and put the bill right with a credit note.");
        var back = undo.Assignments.Length > 0 ? await UnassignAsync(db, undo, cancellationToken)
            : undo.Version is not null ? await UnpublishAsync(db, undo, now, cancellationToken)
            : await TakeTariffAsync(db, undo, cancellationToken);
        if (back is { } failure) return failure;
        var outcome = await Rerating.RunAsync(db, tenant, new PricedCalls(undo.Services, undo.Parties, undo.Version is null ? null : undo.TariffId, undo.Version), cancellationToken);
        await MendingBook.CloseAsync(db, id, outcome.Arisen, now, cancellationToken);
        db.Note(new Deed("errors.mending-undone", "billing-error", new { MendingId = id }, new { outcome.Arisen }));
        return outcome.Arisen;
    }

    // What this transaction changes, it tries the errors for itself; see usage.cause_changed.
    private static Task<int> MarkTriedAsync(TenantDb db, CancellationToken cancellationToken) =>
        db.ExecuteAsync($"select set_config('billing.errors_tried', pg_current_xact_id()::text, true)", cancellationToken);

    private static async Task<RerateOutcome> AgainAsync(TenantDb db, Tenant tenant, IReadOnlyList<ErrorGroup> groups, CancellationToken cancellationToken)
    {
        var sum = new RerateOutcome(0, 0, 0, 0, 0, 0, 0);
        // Causes first, calls of others not at all: what one cause uncovers is not tried for another.
        foreach (var group in groups)
        {
            var one = await Rerating.RunAsync(db, tenant, group.Cause, null, cancellationToken);
            sum = new RerateOutcome(sum.Calls + one.Calls, sum.Cleared + one.Cleared, sum.StillFailing + one.StillFailing, 0, 0, sum.Worth + one.Worth, sum.Moved + one.Moved);
        }
        return sum;
    }

    private static async Task<Result<Undoing>> AssignAsync(TenantDb db, Tenant tenant, IReadOnlyList<ErrorGroup> groups, Remedy remedy, CancellationToken cancellationToken)
    {
        if (remedy.ServiceId is not { } service) return new Failure("errors.no-service", "Say which service the number belongs to.") { Field = "service" };
        var stored = await NumberBook.LoadAsync(db, null, cancellationToken);
        var made = new List<long>();
        foreach (var group in groups)
        {
            var number = CallPricer.NumberOf(group.Subject);
            NumberBlock block;
            if (number.IsUnset)
            {
                if (!NumberBlock.OfCircuit(group.Subject).TryGet(out block!, out var bad)) return bad;
            }
            else block = NumberBlock.Of(number);
            if ((remedy.From ?? (group.FirstCallAt is { } first ? tenant.DayOf(first) : null)) is not { } from)
                return new Failure("records.bad-dates", "Say from which day it belongs to the service.") { Field = "from" };
            // Up to the day from which somebody has it anyway.
            var until = stored.Where(one => one.Block == block && one.Valid.From > from).Min(one => (DateOnly?)one.Valid.From);
            if (!(await NumberBook.AssignAsync(db, new ServiceId(service), block, new DateInterval(from, until), cancellationToken)).TryGet(out var id, out var refused)) return refused;
            made.Add(id);
        }
        return new Undoing { Assignments = [.. made], Services = [service], Parties = [.. groups.Select(group => group.Subject)] };
    }

    private static async Task<Result<Undoing>> AddRatesAsync(TenantDb db, IReadOnlyList<ErrorGroup> groups, Remedy remedy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (remedy.PerMinute is not { } price || price < 0) return new Failure("errors.no-price", "Say what a minute costs, 0 or more.") { Field = "perMinute" };
        if (string.IsNullOrWhiteSpace(remedy.Destination)) return new Failure("errors.no-destination", "Say what the destination is called on invoices.") { Field = "destination" };
        var prefix = new string([.. (remedy.Prefix ?? "").Where(char.IsAsciiDigit)]);
        if (prefix.Length > 0 && groups.FirstOrDefault(group => !group.Subject.StartsWith("+" + prefix, StringComparison.Ordinal)) is { } other)
            return new Failure("errors.other-prefix", $"{other.Subject} does not begin with +{prefix}, so the rate would not price it.") { Field = "prefix" };
        if ((await TariffBook.LoadAsync(db, cancellationToken)).FirstOrDefault(one => one.Id == remedy.TariffId) is not { Latest: > 0 } tariff)
            return new Failure("errors.no-tariff", "Say which tariff gets the rate.") { Field = "tariff" };
        var text = await TariffBook.FindEnteredAsync(db, tariff.Id, tariff.Latest, cancellationToken) ?? (await TariffBook.FindDocumentAsync(db, tariff.Id, tariff.Latest, cancellationToken))!;
        var document = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!.AsObject();
        if (document["rates"] is not JsonArray rates) document["rates"] = rates = [];
        // One rate for a prefix that all of them have; else one for each.
        foreach (var group in prefix.Length > 0 ? groups.Take(1) : groups)
        {
            var number = CallPricer.NumberOf(group.Subject);
            var rate = new JsonObject();
            if (prefix.Length > 0) rate["prefix"] = prefix;
            else if (!number.IsUnset) rate["prefix"] = group.Subject[1..];
            else if (DialledNumber.TryShortCode(group.Subject, out _)) rate["shortCode"] = group.Subject;
            else rate["chargeCode"] = group.Subject;
            rate["destination"] = remedy.Destination.Trim();
            rate["perMinute"] = price.ToString(CultureInfo.InvariantCulture);
            rates.Add(rate);
        }
        var published = await TariffBook.PublishAsync(db, tariff.Code, tariff.Latest, document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), "Rate added from the billing errors", now, cancellationToken);
        if (!published.TryGet(out var result, out var refused)) return refused;
        return new Undoing { TariffId = tariff.Id, Version = result.Version, Destination = remedy.Destination.Trim() };
    }

    private static async Task<Result<Undoing>> GiveTariffAsync(TenantDb db, IReadOnlyList<ErrorGroup> groups, Remedy remedy, CancellationToken cancellationToken)
    {
        if (remedy.TariffId is not { } tariff) return new Failure("errors.no-tariff", "Say which tariff the services get.") { Field = "tariff" };
        var subjects = groups.Select(group => group.Subject).ToArray();
        var concerned = (await db.QueryAsync($"select distinct service_id from usage.call where state = 'error' and error_code = 'rating.no-tariff' and service_id is not null and coalesce(error_subject, '') = any ({subjects})",
            row => row.Long(0), cancellationToken)).ToHashSet();
        foreach (var service in (await ServiceBook.LoadAsync(db, null, cancellationToken)).Where(one => concerned.Contains(one.Id.Value)))
            if (!(await ServiceBook.ChangeAsync(db, service.Account, service.Id, service.Version, service.Details with { TariffId = tariff }, cancellationToken)).TryGet(out _, out var refused)) return refused;
        return new Undoing { Services = [.. concerned.Order()], TariffId = tariff };
    }

    private static async Task<Failure?> UnassignAsync(TenantDb db, Undoing undo, CancellationToken cancellationToken)
    {
        var stored = (await NumberBook.LoadAsync(db, null, cancellationToken)).Where(one => undo.Assignments.Contains(one.Id)).ToList();
        // One that was moved, ended or removed by hand since is somebody's later decision.
        if (stored.Count != undo.Assignments.Length || stored.Any(one => one.Version != 1)) return Late("The number was moved, ended or removed since. Change it at the service it belongs to.");
        foreach (var one in stored)
            if (!(await NumberBook.RemoveAsync(db, one.Account, one.Id, one.Version, cancellationToken)).TryGet(out _, out var refused)) return refused;
        return null;
    }

    private static async Task<Failure?> UnpublishAsync(TenantDb db, Undoing undo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tariff = (await TariffBook.LoadAsync(db, cancellationToken)).FirstOrDefault(one => one.Id == undo.TariffId);
        var versions = await TariffBook.LoadVersionsAsync(db, undo.TariffId!.Value, cancellationToken);
        // A later version that is the same again, because what came after it was undone, is as good as this one.
        if (tariff is null || versions[0].Hash != versions.Single(one => one.Version == undo.Version).Hash) return Late("The tariff has a later version by now. Publish one without the rate, after comparing.");
        var before = undo.Version!.Value - 1;
        var document = await TariffBook.FindEnteredAsync(db, tariff.Id, before, cancellationToken) ?? (await TariffBook.FindDocumentAsync(db, tariff.Id, before, cancellationToken))!;
        return (await TariffBook.PublishAsync(db, tariff.Code, tariff.Latest, document, "Undone: rate added from the billing errors", now, cancellationToken)).TryGet(out _, out var refused) ? null : refused;
    }

    private static async Task<Failure?> TakeTariffAsync(TenantDb db, Undoing undo, CancellationToken cancellationToken)
    {
        var services = (await ServiceBook.LoadAsync(db, null, cancellationToken)).Where(one => undo.Services.Contains(one.Id.Value)).ToList();
        if (services.Any(one => one.Details.TariffId != undo.TariffId)) return Late("One of the services has another tariff by now. Change it there.");
        foreach (var service in services)
            if (!(await ServiceBook.ChangeAsync(db, service.Account, service.Id, service.Version, service.Details with { TariffId = null }, cancellationToken)).TryGet(out _, out var refused)) return refused;
        return null;
    }

    private static Failure Late(string why) => new(TooLate, why);
}
