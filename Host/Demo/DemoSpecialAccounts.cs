using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>The accounts that are in the demo for one reason each.</summary>
sealed class DemoSpecialAccounts(DemoAccountMaker maker, NumberStock numbers)
{
    private static readonly DateInterval BeforeMove = new(new DateOnly(2019, 5, 1), DemoMonth.Move);

    /// <summary>One account a shape, in a fixed order.</summary>
    public IEnumerable<DemoAccount> Make()
    {
        yield return Heavy();
        yield return ManySites();
        yield return Wholesale();
        yield return Trunk(DemoShape.NotItemised, "Pemberton Quay Solicitors LLP", weight: 220) with { IsItemised = false };
        yield return Message();
        yield return Trunk(DemoShape.LongName,
            "The Worshipful Company of Millers, Maltsters, Coopers and Allied Trades of Thornbury Cross and the Five Parishes (Incorporated 1587) Benevolent Fund", weight: 60);
        yield return maker.WithLine(maker.Customer(DemoShape.Escaping, "Smith \"Sparky\" & Sons <Electrical> Ltd"), "Office & workshop <main>", "Head office", 60);
        yield return Leaver();
        yield return Joiner();
        foreach (var account in Movers()) yield return account;
        yield return maker.WithLine(maker.Customer(DemoShape.RentalOnly, "Ashvale Allotment Society"), "Lift alarm", "Head office", weight: 0);
        yield return maker.WithLine(maker.Customer(DemoShape.CallsOnly, "Fell & Moor Mountain Rescue"), "Base", "Head office", 70) with { Subscriptions = [] };
        yield return Upgrade();
        yield return LongPeriods();
        yield return Trunk(DemoShape.NewTrunk, "Hollinsford Conveyors Ltd", weight: 90);
        yield return maker.WithLine(maker.Customer(DemoShape.NewNumbers, "Étienne & Rowe Interiors"), "Main line", "Head office", 45);
        yield return maker.WithSeats(maker.Customer(DemoShape.NewPbxAccount, "Kirkfell Dental Practice"), "Hosted voice", "Head office", 9, 120);
    }

    private DemoAccount Trunk(DemoShape shape, string name, int weight) =>
        maker.WithTrunk(maker.Customer(shape, name), "SIP trunk", "Head office", hundreds: 0, channels: 6, weight);

    private DemoAccount Heavy()
    {
        var account = maker.Customer(DemoShape.Heavy, "Pennine & Dales Parcel Logistics Group plc");
        account = maker.WithSite(maker.WithSite(account, "Northmoor depot"), "Southmere depot");
        account = maker.WithTrunk(account, "Contact centre", "Head office", hundreds: 2, channels: 60, weight: 0, calls: 1_900);
        account = maker.WithTrunk(account, "Northmoor depot", "Northmoor depot", hundreds: 0, channels: 8, weight: 90);
        account = maker.WithTrunk(account, "Southmere depot", "Southmere depot", hundreds: 0, channels: 8, weight: 70);
        // One number out of the first block has a service of its own: a number beats the range it lies in.
        var block = account.Services[0].Assignments.First(a => a.Count == 100);
        var fax = new DemoService("Proof-of-delivery fax", "Head office", [DemoAssignment.Of(block.First + 99, 1, block.Valid)], []);
        return account with
        {
            Services = [.. account.Services, fax],
            Subscriptions = [.. account.Subscriptions, DemoAccountMaker.Rental(null, DemoProducts.Support, 3), DemoAccountMaker.Rental("Proof-of-delivery fax", DemoProducts.Line, 1)],
        };
    }

    private DemoAccount ManySites()
    {
        var account = maker.Customer(DemoShape.ManySites, "Thistlethwaite’s Farm Shops");
        string[] shops = ["Calderwick", "Eastermouth", "Granby Cross", "Long Ellerby", "Oxenthwaite", "Ravensdyke"];
        account = maker.WithLine(account, "Office", "Head office", 60);
        foreach (var shop in shops)
        {
            account = maker.WithLine(maker.WithSite(account, $"{shop} shop"), $"{shop} shop", $"{shop} shop", 30);
            account = account with
            {
                Services = [.. account.Services, new DemoService($"{shop} broadband", $"{shop} shop", [], [])],
                Subscriptions = [.. account.Subscriptions, DemoAccountMaker.Rental($"{shop} broadband", DemoProducts.Broadband, 1)],
            };
        }
        return account with { PaymentMethod = "direct-debit" };
    }

    private DemoAccount Wholesale()
    {
        var account = maker.Customer(DemoShape.Wholesale, "Calder Wholesale Voice Ltd");
        return maker.WithTrunk(account, "Interconnect A", "Head office", hundreds: 1, channels: 30, weight: 420) with
        {
            TaxTreatment = "reverse-charge",
            VatNumber = "GB 000 7731 09",
            PaymentMethod = "bank-transfer",
            PaymentDays = 30,
        };
    }

    private DemoAccount Message() => maker.WithLine(maker.Customer(DemoShape.Message, "Brackendale Parish Council"), "Clerk’s office", "Head office", 40) with
    {
        InvoiceMessage = "Purchase order BPC/26/014 covers this bill. Please send remittances to billing@larkfell.example.",
        PaymentMethod = "bank-transfer",
        Delivery = "print",
    };

    // The rental was paid in advance to the end of March, so the days after the last one come back as a credit.
    private DemoAccount Leaver()
    {
        var account = maker.WithLine(maker.Customer(DemoShape.Leaver, "Oldroyd & Nuttall Carpets"), "Shop", "Head office", 90);
        var days = new DateInterval(account.StartedOn, DemoMonth.Leave);
        var shop = account.Services[0];
        return account with
        {
            EndedOn = DemoMonth.Leave,
            Services = [shop with { Assignments = [shop.Assignments[0] with { Valid = days }], Usage = [shop.Usage[0] with { Active = March(to: DemoMonth.Leave) }] }],
            Subscriptions = [DemoAccountMaker.Arrears("Shop", DemoProducts.Recording, 1) with { Valid = March(to: DemoMonth.Leave) }],
            OneOffs =
            [
                new("Shop", DemoProducts.Credit, "Line rental paid in advance, 15 to 31 March (17 of 31 days of £16.50)", -9.05m, DemoMonth.Leave),
                new("Shop", DemoProducts.Handset, "Telephone not returned", 45m, DemoMonth.Leave),
            ],
        };
    }

    private DemoAccount Joiner()
    {
        var joined = maker.Customer(DemoShape.Joiner, "Wexcombe Yoga & Pilates") with { StartedOn = DemoMonth.Join };
        var account = maker.WithLine(joined, "Studio", "Head office", 80);
        var studio = account.Services[0];
        var since = new DateInterval(DemoMonth.Join, null);
        return account with
        {
            Services = [studio with { Usage = [studio.Usage[0] with { Active = March(from: DemoMonth.Join) }] }, new DemoService("Broadband", "Head office", [], [])],
            Subscriptions =
            [
                new("Studio", DemoProducts.Line, "Business line rental", 1, since),
                new("Broadband", DemoProducts.Broadband, "Full fibre broadband 150", 1, since),
                new(null, DemoProducts.Support, "Support plan, next working day", 1, since),
            ],
            OneOffs =
            [
                new("Studio", DemoProducts.Installation, "Connection and installation, 16 March", 75.00m, DemoMonth.Join),
                new("Studio", DemoProducts.Handset, "Desk handset", 89.00m, DemoMonth.Join),
            ],
        };
    }

    // One number, two owners, one midnight.
    private IEnumerable<DemoAccount> Movers()
    {
        var number = numbers.One(town: 0);
        var former = maker.WithLine(maker.Customer(DemoShape.MovedFrom, "Haldane & Rees Architects") with { StartedOn = BeforeMove.From }, "Practice", "Head office", 50);
        var present = maker.WithLine(maker.Customer(DemoShape.MovedTo, "Rees Studio Ltd") with { StartedOn = DemoMonth.Move.AddDays(-30) }, "Workshop", "Head office", 30);
        var since = new DateInterval(DemoMonth.Move, null);
        yield return former with { Services = [.. former.Services, Mobile("Studio line", BeforeMove, March(to: DemoMonth.Move))] };
        yield return present with
        {
            Services = [.. present.Services, Mobile("Studio line", since, March(from: DemoMonth.Move))],
            Subscriptions = [.. present.Subscriptions, new("Studio line", DemoProducts.Line, "Business line rental", 1, since)],
        };

        DemoService Mobile(string label, DateInterval valid, DateInterval active) =>
            new(label, "Head office", [DemoAssignment.Of(number, 1, valid)], [new DemoUsage(DemoCarrier.Prerated, null, [number], active, 60)]);
    }

    private DemoAccount Upgrade()
    {
        var account = maker.WithLine(maker.Customer(DemoShape.Upgrade, "Söderberg Furniture"), "Showroom", "Head office", 60);
        return account with
        {
            Services = [.. account.Services, new DemoService("Broadband", "Head office", [], [])],
            Subscriptions =
            [
                .. account.Subscriptions,
                new("Broadband", DemoProducts.Broadband, "Full fibre broadband 150", 1, March(to: DemoMonth.Upgrade)),
                new("Broadband", DemoProducts.FastBroadband, "Full fibre broadband 900", 1, new DateInterval(DemoMonth.Upgrade, null)),
            ],
            OneOffs = [new("Broadband", DemoProducts.Credit, "Upgrade: broadband 150 paid in advance, 1 to 31 March", -34.00m, DemoMonth.Upgrade)],
        };
    }

    private DemoAccount LongPeriods()
    {
        var account = maker.WithLine(maker.Customer(DemoShape.LongPeriods, "Southmere Grain Store"), "Weighbridge", "Head office", 40);
        return account with
        {
            Services = [.. account.Services, new DemoService("Grain dryer alarm", "Head office", [], [])],
            Subscriptions =
            [
                .. account.Subscriptions,
                DemoAccountMaker.Rental("Grain dryer alarm", DemoProducts.AlarmLine, 1),
                DemoAccountMaker.Rental(null, DemoProducts.Domain, 1),
                new(null, DemoProducts.Domain, "Domain name and e-mail, second domain", 1, new DateInterval(new DateOnly(2026, 3, 10), null)) { Price = 48.00m, AnchorDay = 10 },
            ],
        };
    }

    private static DateInterval March(DateOnly? from = null, DateOnly? to = null) => new(from ?? DemoMonth.First, to ?? DemoMonth.InvoiceDate);
}
