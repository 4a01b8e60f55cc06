using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;

namespace Billing.Host.Demo;

/// <summary>Makes plausible accounts of four kinds; the special ones are made of these and then changed.</summary>
sealed class DemoAccountMaker(DemoRandom random, DemoNames names, NumberStock numbers)
{
    private static readonly int[] ByPayment = [62, 13, 25];
    private static readonly string[] Payments = ["direct-debit", "card", "bank-transfer"];

    private int made;

    /// <summary>A customer with an address and people, and nothing bought yet.</summary>
    /// <param name="shape">Why it is there.</param>
    /// <param name="name">Null for a name by chance.</param>
    public DemoAccount Customer(DemoShape shape = DemoShape.Ordinary, string? name = null)
    {
        made++;
        name ??= names.Business();
        var started = new DateOnly(2014, 1, 1).AddDays(random.Below(4_300));
        return new DemoAccount(string.Create(CultureInfo.InvariantCulture, $"LF{10_000 + made * 7}"), name, shape, started)
        {
            PaymentMethod = Payments[random.PickByWeight(ByPayment)],
            PaymentDays = random.Chance(20) ? 30 : 14,
            Delivery = random.Chance(12) ? "print" : "email",
            Sites = [new Site("Head office", names.Address(), IsBilling: true)],
            Contacts = Contacts(name),
        };
    }

    /// <summary>Adds a place.</summary>
    public DemoAccount WithSite(DemoAccount account, string site) =>
        account with { Sites = [.. account.Sites, new Site(site, names.Address(), IsBilling: false)] };

    /// <summary>Adds a SIP trunk with a block of numbers; the carrier bills the trunk.</summary>
    public DemoAccount WithTrunk(DemoAccount account, string label, string? site, int hundreds, int channels, int weight, int? calls = null)
    {
        var valid = new DateInterval(account.StartedOn, null);
        var town = random.Below(NumberStock.Towns.Count);
        var trunk = numbers.Trunk(random) + (random.Chance(30) ? "_L1" : "");
        var blocks = hundreds > 0
            ? Enumerable.Range(0, hundreds).Select(_ => DemoAssignment.Of(numbers.Hundred(town), 100, valid)).ToList()
            : [DemoAssignment.Of(numbers.Ten(town), 10, valid)];
        var callers = blocks.SelectMany(b => Numbers(b)).ToList();
        var usage = new DemoUsage(DemoCarrier.Gamma, trunk, callers, DemoMonth.Days, weight, calls);
        var account2 = Add(account, new DemoService(label, site, [DemoAssignment.Of(trunk, valid), .. blocks], [usage]));
        return account2 with
        {
            Subscriptions =
            [
                .. account2.Subscriptions,
                Rental(label, DemoProducts.Trunk, 1),
                Rental(label, DemoProducts.Channel, channels),
                hundreds > 0 ? Rental(label, DemoProducts.Hundred, hundreds) : Rental(label, DemoProducts.Ten, 1),
            ],
        };
    }

    /// <summary>Adds an ordinary telephone line; the carrier bills its number.</summary>
    public DemoAccount WithLine(DemoAccount account, string label, string? site, int weight)
    {
        var valid = new DateInterval(account.StartedOn, null);
        var number = DemoAssignment.Of(numbers.One(random.Below(NumberStock.Towns.Count)), 1, valid);
        var usage = new DemoUsage(DemoCarrier.Prerated, null, [number.First], DemoMonth.Days, weight);
        var account2 = Add(account, new DemoService(label, site, [number], weight > 0 ? [usage] : []));
        return account2 with { Subscriptions = [.. account2.Subscriptions, Rental(label, DemoProducts.Line, 1)] };
    }

    /// <summary>Adds ten numbers that the carrier bills by calling number.</summary>
    public DemoAccount WithBlock(DemoAccount account, string label, string? site, int weight)
    {
        var valid = new DateInterval(account.StartedOn, null);
        var block = DemoAssignment.Of(numbers.Ten(random.Below(NumberStock.Towns.Count)), 10, valid);
        var usage = new DemoUsage(DemoCarrier.Prerated, null, Numbers(block), DemoMonth.Days, weight);
        var account2 = Add(account, new DemoService(label, site, [block], [usage]));
        return account2 with { Subscriptions = [.. account2.Subscriptions, Rental(label, DemoProducts.Line, 3), Rental(label, DemoProducts.Ten, 1)] };
    }

    /// <summary>Adds seats on one of the reseller's own telephone systems, which bills by account code.</summary>
    public DemoAccount WithSeats(DemoAccount account, string label, string? site, int seats, int weight)
    {
        var valid = new DateInterval(account.StartedOn, null);
        var code = "pbx-" + account.Number.ToLowerInvariant();
        var block = DemoAssignment.Of(numbers.Ten(random.Below(NumberStock.Towns.Count)), 10, valid);
        var usage = new DemoUsage(DemoCarrier.Asterisk, code, Numbers(block), DemoMonth.Days, weight);
        var account2 = Add(account, new DemoService(label, site, [DemoAssignment.Of(code, valid), block], [usage]));
        return account2 with
        {
            Subscriptions =
            [
                .. account2.Subscriptions,
                Rental(label, random.Chance(30) ? DemoProducts.SeatPlus : DemoProducts.Seat, seats),
                .. random.Chance(40) ? [Arrears(label, DemoProducts.Recording, seats)] : Array.Empty<DemoSubscription>(),
            ],
        };
    }

    /// <summary>Adds broadband and, for some, a support plan.</summary>
    public DemoAccount WithExtras(DemoAccount account)
    {
        var fast = random.Chance(30);
        if (random.Chance(55))
        {
            account = Add(account, new DemoService("Broadband", "Head office", [], []));
            account = account with { Subscriptions = [.. account.Subscriptions, Rental("Broadband", fast ? DemoProducts.FastBroadband : DemoProducts.Broadband, 1)] };
        }
        if (random.Chance(35)) account = account with { Subscriptions = [.. account.Subscriptions, Rental(null, DemoProducts.Support, 1)] };
        return account;
    }

    /// <summary>A rental in advance that begins where the reseller's former system stopped.</summary>
    public static DemoSubscription Rental(string? service, string product, int quantity) =>
        new(service, product, DemoProducts.Named(product).Name, quantity, new DateInterval(DemoMonth.InvoiceDate, null));

    /// <summary>A charge in arrears: March is the first month it is billed for here.</summary>
    public static DemoSubscription Arrears(string? service, string product, int quantity) =>
        new(service, product, DemoProducts.Named(product).Name, quantity, new DateInterval(DemoMonth.First, null));

    /// <summary>The numbers of an assignment, one by one.</summary>
    public static IReadOnlyList<ulong> Numbers(DemoAssignment block) => [.. Enumerable.Range(0, block.Count).Select(i => block.First + (ulong)i)];

    private static DemoAccount Add(DemoAccount account, DemoService service) => account with { Services = [.. account.Services, service] };

    private List<Contact> Contacts(string business)
    {
        var domain = DemoNames.Domain(business);
        var contacts = new List<Contact> { new(names.Person(), $"accounts@{domain}", Phone(), IsInvoiceRecipient: true) };
        if (random.Chance(35)) contacts.Add(new(names.Person(), $"director@{domain}", Phone(), IsInvoiceRecipient: random.Chance(50)));
        if (random.Chance(25)) contacts.Add(new(names.Person(), null, Phone(), IsInvoiceRecipient: false));
        return contacts;
    }

    private string Phone() => string.Create(CultureInfo.InvariantCulture, $"07700 900{random.Below(1000):000}");
}
