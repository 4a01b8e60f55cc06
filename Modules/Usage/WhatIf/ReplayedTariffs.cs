using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Rating.Engine;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;

namespace Billing.Usage.WhatIf;

/// <summary>Both sides of a comparison: the tariffs as they are published and as they would be, and which of them prices each service.</summary>
internal sealed class ReplayedTariffs
{
    private ReplayedTariffs(TariffShelf before, TariffShelf after, IReadOnlyDictionary<long, ReplayedService> services) =>
        (Before, After, Services, TouchedAccounts) = (before, after, services, services.Values.Where(service => service.IsTouched).Select(service => service.Before.Account.Value).ToHashSet());

    /// <summary>As published.</summary>
    public TariffShelf Before { get; }

    /// <summary>With the drafts in their place.</summary>
    public TariffShelf After { get; }

    /// <summary>By their numbers.</summary>
    public IReadOnlyDictionary<long, ReplayedService> Services { get; }

    /// <summary>Accounts of which the change reaches at least one service.</summary>
    public IReadOnlySet<long> TouchedAccounts { get; }

    /// <summary>Who has what tariff of its own.</summary>
    internal sealed record Holder(ServiceId Service, AccountId Account, string AccountNumber, string Label, long? OwnTariff, long? AccountTariff, long? Site);

    /// <summary>Reads both sides.</summary>
    /// <returns>An account or tariff of the plan that is gone meanwhile is named.</returns>
    public static async Task<Result<ReplayedTariffs>> LoadAsync(TenantDb db, WhatIfPlan plan, CancellationToken cancellationToken)
    {
        var published = await TariffShelf.LoadAsync(db, cancellationToken);
        var holders = await db.QueryAsync($"""
            select s.service_id, s.account_id, a.number, s.label, s.tariff_id, a.tariff_id, s.site_id from customers.service s join customers.account a using (tenant_id, account_id)
            """,
            row => new Holder(new ServiceId(row.Long(0)), new AccountId(row.Long(1)), row.Text(2), row.Text(3), row.Maybe<long?>(4), row.Maybe<long?>(5), row.Maybe<long?>(6)), cancellationToken);
        return Of(published, holders, plan);
    }

    /// <summary>The same of what is read already.</summary>
    public static Result<ReplayedTariffs> Of(TariffShelf published, IReadOnlyList<Holder> holders, WhatIfPlan plan)
    {
        // A draft of a tariff that is not there yet gets a number that no stored one has.
        var drafts = plan.Drafts.Select((draft, i) => new ShelvedTariff(published.FindByCode(draft.Tariff)?.TariffId ?? -1 - i, draft.Tariff, 0, CompiledTariff.Compile(TariffReader.Read(draft.Document).TariffOrThrow()))).ToList();
        var changed = published.With(drafts);
        var (accounts, tariffs) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<long, long>());
        foreach (var move in plan.Moves)
        {
            if (changed.FindByCode(move.Tariff) is not { } to) return Gone($"tariff '{move.Tariff}'");
            if (move.Account is { } number)
            {
                if (!holders.Any(holder => holder.AccountNumber == number)) continue;     // an account without services has no calls
                accounts[number] = to.TariffId;
            }
            else if (published.FindByCode(move.FromTariff!) is { } from) tariffs[from.TariffId] = to.TariffId;
            else return Gone($"tariff '{move.FromTariff}'");
        }
        var services = new Dictionary<long, ReplayedService>(holders.Count);
        foreach (var holder in holders)
        {
            var before = new ServiceOwner(holder.Service, holder.Account, holder.Label, holder.OwnTariff ?? holder.AccountTariff);
            var after = accounts.TryGetValue(holder.AccountNumber, out var own) ? before with { TariffId = holder.OwnTariff ?? own }
                : published.Find(before.TariffId) is { } priced && tariffs.TryGetValue(priced.TariffId, out var another) ? before with { TariffId = another }
                : before;
            services[holder.Service.Value] = new ReplayedService(before, after, published.Find(before.TariffId), changed.Find(after.TariffId), holder.Site);
        }
        return new ReplayedTariffs(published, changed, services);
    }

    private static Failure Gone(string what) => new("what-if.gone", $"There is no {what} any more. Ask again with one that is there.");
}
