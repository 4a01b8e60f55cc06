using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>The two hundred accounts.</summary>
static class DemoAccounts
{
    private const int Count = 200;

    private static readonly int[] ByKind = [32, 46, 16, 6];
    private static readonly string[] Branches = ["Warehouse", "Showroom", "North branch", "South branch", "Workshop"];

    /// <summary>All of them; the special ones are spread among the ordinary.</summary>
    public static IReadOnlyList<DemoAccount> Make(ulong seed)
    {
        var random = new DemoRandom(seed, "accounts");
        var numbers = new NumberStock();
        var maker = new DemoAccountMaker(random, new DemoNames(new DemoRandom(seed, "names")), numbers);
        var special = new DemoSpecialAccounts(maker, numbers).Make();
        var accounts = new List<DemoAccount>(Count);
        using var specials = special.GetEnumerator();
        while (accounts.Count < Count)
        {
            if (accounts.Count % 8 == 3 && specials.MoveNext()) accounts.Add(specials.Current);
            else accounts.Add(Ordinary(random, maker, accounts.Count));
        }
        if (specials.MoveNext()) throw new InvalidOperationException("There are more special accounts than places for them.");
        return [.. accounts.OrderBy(a => a.Number, StringComparer.Ordinal)];
    }

    private static DemoAccount Ordinary(DemoRandom random, DemoAccountMaker maker, int index)
    {
        var account = maker.Customer();
        string? branch = null;
        if (random.Chance(15))
        {
            branch = random.Pick(Branches);
            account = maker.WithSite(account, branch);
        }
        account = random.PickByWeight(ByKind) switch
        {
            0 => maker.WithTrunk(account, "SIP trunk", "Head office", random.Chance(20) ? 1 : 0, random.Between(2, 12), random.Between(40, 260)),
            1 => Lines(random, maker, account, branch),
            2 => maker.WithSeats(account, "Hosted voice", "Head office", random.Between(2, 24), random.Between(60, 260)),
            _ => maker.WithLine(account, "Alarm line", branch ?? "Head office", weight: 0),
        };
        account = maker.WithExtras(account);
        var service = account.Services[0].Label;
        return (index % 23) switch
        {
            5 => account with { OneOffs = [new(service, DemoProducts.Handset, "Desk handset, 2 of them", 178.00m, new(2026, 3, 9))] },
            11 => account with { OneOffs = [new(service, DemoProducts.Installation, "Engineer visit and installation, 19 March", 75.00m, new(2026, 3, 19))] },
            17 => account with { OneOffs = [new(service, DemoProducts.Credit, "Goodwill credit: fault of 4 to 6 March", -15.00m, new(2026, 3, 12))] },
            _ => account,
        };
    }

    private static DemoAccount Lines(DemoRandom random, DemoAccountMaker maker, DemoAccount account, string? branch)
    {
        if (random.Chance(15)) return maker.WithBlock(account, "Office numbers", "Head office", random.Between(60, 200));
        var lines = random.Below(6) switch { 0 => 3, 1 or 2 => 2, _ => 1 };
        for (var line = 1; line <= lines; line++)
            account = maker.WithLine(account, line == 1 ? "Main line" : $"Line {line}", line > 1 && branch is not null ? branch : "Head office", random.Between(15, 110));
        return account;
    }
}
