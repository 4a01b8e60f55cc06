using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Customers.Pages.Accounts;

/// <summary>One account with all that is its.</summary>
[Demands(Permission.ViewAccounts)]
internal sealed class DetailsModel(CurrentTenant current, TimeProvider clock, IChargeHistory history) : AccountPage(current, clock)
{
    private const int MostHistory = 50;

    public string? TariffName { get; private set; }

    public IReadOnlyList<StoredContact> Contacts { get; private set; } = [];

    public IReadOnlyList<StoredSite> Sites { get; private set; } = [];

    public IReadOnlyList<StoredService> Services { get; private set; } = [];

    public ILookup<ServiceId, StoredAssignment> Numbers { get; private set; } = null!;

    /// <summary>Recurring charges; slices that follow each other stand together.</summary>
    public IReadOnlyList<IReadOnlyList<StoredCharge>> Charges { get; private set; } = [];

    public IReadOnlyDictionary<SubscriptionId, DateOnly?> BilledTo { get; private set; } = new Dictionary<SubscriptionId, DateOnly?>();

    public IReadOnlyList<(StoredOneOff OneOff, string? Invoice)> OneOffs { get; private set; } = [];

    public IReadOnlyList<AccountHistory> History { get; private set; } = [];

    public IReadOnlyDictionary<long, TariffEntry> Tariffs { get; private set; } = new Dictionary<long, TariffEntry>();

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await Current.BeginAsync(cancellationToken);
        if (!await FindAsync(db, id, cancellationToken)) return NotFound();
        var account = Account.Id;
        Contacts = await ContactBook.LoadAsync(db, account, cancellationToken);
        Sites = await SiteBook.LoadAsync(db, account, cancellationToken);
        Services = await ServiceBook.LoadAsync(db, account, cancellationToken);
        Numbers = (await NumberBook.LoadAsync(db, account, cancellationToken)).ToLookup(n => n.Service);
        Charges = Chains(await ChargeBook.LoadAsync(db, account, cancellationToken));
        var billed = new Dictionary<SubscriptionId, DateOnly?>();
        foreach (var charge in Charges.SelectMany(c => c)) billed[charge.Charge.Id] = await history.BilledToAsync(db, charge.Charge.Id, cancellationToken);
        BilledTo = billed;
        var oneOffs = new List<(StoredOneOff, string?)>();
        foreach (var oneOff in await ChargeBook.LoadOneOffsAsync(db, account, cancellationToken)) oneOffs.Add((oneOff, await history.InvoiceOfAsync(db, oneOff.Charge.Id, cancellationToken)));
        OneOffs = oneOffs;
        Tariffs = (await TariffBook.LoadAsync(db, cancellationToken)).ToDictionary(t => t.Id);
        History = await AccountHistory.LoadAsync(db, account, MostHistory, cancellationToken);
        return Page();
    }

    private static List<IReadOnlyList<StoredCharge>> Chains(IReadOnlyList<StoredCharge> charges)
    {
        var next = charges.Where(c => c.Follows is not null).ToDictionary(c => c.Follows!.Value);
        var chains = new List<IReadOnlyList<StoredCharge>>();
        foreach (var first in charges.Where(c => c.Follows is null))
        {
            var chain = new List<StoredCharge> { first };
            while (next.TryGetValue(chain[^1].Charge.Id, out var follower)) chain.Add(follower);
            chains.Add(chain);
        }
        return chains;
    }
}
