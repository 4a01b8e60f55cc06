using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>The calls that go wrong, or look as if they did: a known number of each.</summary>
sealed class DemoTraps(DemoReseller reseller, DemoCallMaker maker, DemoRandom random)
{
    /// <summary>The trunk that nobody entered.</summary>
    public const string NewTrunk = "HC2N26QXV00771";

    /// <summary>The PBX account that nobody entered.</summary>
    public const string NewPbxAccount = "pbx-kirkfell-surgery-2";

    /// <summary>First of the ten numbers that nobody entered.</summary>
    public static ulong NewNumbers { get; } = NumberStock.NobodysTen(town: 5);

    private readonly List<DemoCall> calls = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<DemoCall> Make()
    {
        Edges(DemoCarrier.Gamma, late: 9, held: 7);
        Edges(DemoCarrier.Prerated, late: 6, held: 4);
        Edges(DemoCarrier.Asterisk, late: 2, held: 3);
        for (var i = 0; i < 3; i++)
            Add(DemoCarrier.Gamma, At(12, 9 + i, 10 + i, 11, 25, month: 11, year: 2025), 90 + i, fate: DemoFate.TooOld, deliveredOn: new DateOnly(2026, 3, 5));
        ClockChange();
        Move();
        NobodysCalls();
        Destinations();
        Oddities();
        return calls;
    }

    // Late ones came after the former system closed February; held ones are April's.
    private void Edges(DemoCarrier carrier, int late, int held)
    {
        for (var i = 0; i < late; i++)
            Add(carrier, At(27 + i % 2, random.Between(8, 18), random.Below(60), random.Below(60), month: 2), null, fate: DemoFate.Late, deliveredOn: DemoMonth.First.AddDays(i % 3));
        for (var i = 0; i < held; i++)
            Add(carrier, At(1, i, 5 + i, 20, month: 4), 45 + 30 * i, fate: DemoFate.Held, deliveredOn: DemoMonth.Cutoff);
        // Two minutes to midnight on the last day, ended on the next: this run's, whole.
        Add(carrier, At(31, 23, 58, 0), 420);
    }

    // Clocks go from 00:59:59 to 02:00:00. A carrier that prints 01:30 has not noticed.
    private void ClockChange()
    {
        foreach (var carrier in Enum.GetValues<DemoCarrier>())
        {
            Add(carrier, At(29, 0, 12, 44), 75);
            Add(carrier, At(29, 0, 58, 30), 400);
            Add(carrier, At(29, 2, 0, 5), 61);
            Add(carrier, At(29, 2, 31, 50), 190);
        }
        var shifted = At(29, 2, 30, 0);
        Add(DemoCarrier.Gamma, shifted, 95, printed: new DateTime(2026, 3, 29, 1, 30, 0));
    }

    private void Move()
    {
        var (from, to) = (reseller.Account(DemoShape.MovedFrom), reseller.Account(DemoShape.MovedTo));
        var (before, after) = (UsageOf(from), UsageOf(to));
        for (var i = 0; i < 6; i++)
        {
            calls.Add(maker.On(from, before, At(15, 9 + i, 3 * i, 20), destination: DemoDestinations.Geographic));
            calls.Add(maker.On(to, after, At(16, 9 + i, 3 * i, 20), destination: DemoDestinations.Geographic));
        }
        // Ten seconds before midnight is the former owner's call to its end; midnight sharp is the new owner's.
        calls.Add(maker.On(from, before, At(15, 23, 59, 50), 40, DemoDestinations.Geographic));
        calls.Add(maker.On(to, after, At(16, 0, 0, 0), 65, DemoDestinations.Geographic));

        static DemoUsage UsageOf(DemoAccount account) => account.Services.Single(s => s.Label == "Studio line").Usage[0];
    }

    private void NobodysCalls()
    {
        for (var i = 0; i < 38; i++)
            Add(DemoCarrier.Gamma, NewTrunk, NumberStock.NobodysTen(town: 3) + (ulong)(i % 4), maker.TimeWithin(Since(3)), DemoFate.Unassigned);
        for (var i = 0; i < 27; i++)
            Add(DemoCarrier.Prerated, null, NewNumbers + (ulong)(i % 3), maker.TimeWithin(Since(2)), DemoFate.Unassigned);
        for (var i = 0; i < 14; i++)
            Add(DemoCarrier.Asterisk, NewPbxAccount, NumberStock.NobodysTen(town: 7) + (ulong)(i % 2), maker.TimeWithin(Since(23)), DemoFate.Unassigned);
        for (var i = 0; i < 9; i++)
            Add(DemoCarrier.Prerated, null, 0, maker.TimeWithin(DemoMonth.Days), DemoFate.Unassigned);
        var left = reseller.Account(DemoShape.Leaver).Services[0].Assignments[0].First;
        for (var i = 0; i < 5; i++)
            Add(DemoCarrier.Prerated, null, left, At(17 + i, 10 + i, 20, 31), DemoFate.NotOwnedOnDay);
    }

    private void Destinations()
    {
        for (var i = 0; i < 6; i++)
            Add(DemoCarrier.Gamma, At(4 + 3 * i, 14, 8 * i, 9), 80 + 40 * i, DemoDestinations.CodeNobodyKnows, DemoFate.UnknownDestination);
        for (var i = 0; i < 4; i++)
            Add(DemoCarrier.Prerated, At(10 + i, 11, 7 * i, 9), 50 + 35 * i, DemoDestinations.PrefixNobodyKnows, DemoFate.UnknownDestination);
        for (var i = 0; i < 5; i++)
            Add(i < 3 ? DemoCarrier.Prerated : DemoCarrier.Asterisk, At(6 + 4 * i, 15, 9 * i, 2), 70 + i, DemoDestinations.Emergency);
    }

    private void Oddities()
    {
        // Equal in everything but the record id: two lines answered by one fax group in the same second. No duplicates.
        for (var i = 0; i < 2; i++)
        {
            var (account, usage) = Anyone(DemoCarrier.Gamma);
            var one = maker.On(account, usage, At(11 + i, 10, 41, 7), 36, DemoDestinations.Geographic);
            calls.Add(one);
            calls.Add(one with { RecordId = "C" + random.Hex(32) });
        }
        // A presented number from abroad: the called network charges for a country it can't tell.
        for (var i = 0; i < 8; i++)
        {
            var (account, usage) = Anyone(DemoCarrier.Gamma);
            var call = maker.On(account, usage, At(3 + 2 * i, 16, 2 * i, 33), null, DemoDestinations.All[1]);
            var surcharge = decimal.Ceiling(call.Seconds * 1.85m / 60m * 1000m) / 1000m;
            calls.Add(call with { Surcharge = surcharge, Cost = call.Cost + surcharge });
        }
        foreach (var carrier in new[] { DemoCarrier.Gamma, DemoCarrier.Prerated })
        {
            var (account, usage) = Anyone(carrier);
            var call = maker.On(account, usage, At(18, 12, 15, 40), 610, DemoDestinations.All[3]);
            calls.Add(call with { Fate = DemoFate.Reversal, Cost = -call.Cost });
        }
        for (var i = 0; i < 5; i++)
            Add(i < 3 ? DemoCarrier.Prerated : DemoCarrier.Asterisk, At(5 + 4 * i, 13, 31, i), 0, fate: DemoFate.ZeroSeconds);
    }

    // An ordinary account's call at an instant that matters.
    private void Add(DemoCarrier carrier, DateTimeOffset at, int? seconds, DemoDestination? destination = null, DemoFate fate = DemoFate.Billable,
        DateOnly? deliveredOn = null, DateTime? printed = null)
    {
        var (account, usage) = Anyone(carrier);
        calls.Add(maker.On(account, usage, at, seconds, destination ?? DemoDestinations.Geographic) with { Fate = fate, DeliveredOn = deliveredOn, PrintedStart = printed });
    }

    private void Add(DemoCarrier carrier, string? identity, ulong caller, DateTimeOffset at, DemoFate fate) =>
        calls.Add(maker.Call(carrier, identity, caller, at) with { Fate = fate });

    private (DemoAccount Account, DemoUsage Usage) Anyone(DemoCarrier carrier)
    {
        while (true)
        {
            var account = random.Pick(reseller.Accounts);
            if (account.Shape == DemoShape.Ordinary && account.Services.SelectMany(s => s.Usage).FirstOrDefault(u => u.Carrier == carrier) is { } usage) return (account, usage);
        }
    }

    private static DateInterval Since(int day) => new(new DateOnly(2026, 3, day), DemoMonth.InvoiceDate);

    private static DateTimeOffset At(int day, int hour, int minute, int second, int plusSeconds = 0, int month = 3, int year = 2026) =>
        DemoMonth.InstantOf(new DateTime(year, month, day, hour, minute, second)).AddSeconds(plusSeconds);
}
