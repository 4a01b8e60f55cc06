using System.Globalization;
using Billing.Abstractions.Values;

namespace Billing.Host.Demo;

/// <summary>What the generator knows will be found in its files, for the demo to check itself against.</summary>
/// <param name="Lines">Lines of all files; refused copies apart.</param>
/// <param name="Calls">Different calls and attempts in them.</param>
/// <param name="ByFate">Lines by what they become before anything is mended. They add up to <paramref name="Lines"/>.</param>
/// <param name="DoubtfulTimes">Live records whose local time never was.</param>
/// <param name="Fixes">What the reseller does, in this order. It clears every error but <paramref name="LeftOpen"/>.</param>
/// <param name="LeftOpen">Errors that stay, with the reason why.</param>
/// <param name="Usage">Calls to be billed once the fixes are made, by account number; an account without calls is not in it.</param>
sealed record DemoExpectations(
    int Lines, int Calls, IReadOnlyDictionary<DemoFate, int> ByFate, int DoubtfulTimes, IReadOnlyList<DemoFix> Fixes,
    IReadOnlyList<(string Code, string Subject, int Lines, string Why)> LeftOpen, IReadOnlyDictionary<string, DemoAccountUsage> Usage)
{
    /// <summary>Lines that are errors before anything is mended.</summary>
    public int Errors => Count(DemoFate.Unassigned) + Count(DemoFate.NotOwnedOnDay) + Count(DemoFate.UnknownDestination) + Count(DemoFate.TooOld) + Count(DemoFate.BadLine);

    /// <summary>How many lines become this.</summary>
    public int Count(DemoFate fate) => ByFate.GetValueOrDefault(fate);

    /// <summary>Counts.</summary>
    public static DemoExpectations Of(DemoReseller reseller, DemoTraffic traffic)
    {
        var lines = traffic.Files.SelectMany(f => f.Lines).ToList();
        var live = lines.Where(l => l.Fate is not (DemoFate.Heading or DemoFate.BadLine or DemoFate.Duplicate or DemoFate.Superseded or DemoFate.Withdrawn)).ToList();
        var fixes = FixesFor(reseller, live);
        var payers = fixes.ToDictionary(f => KeyOf(f), AccountOf, StringComparer.Ordinal);
        var usage = new Dictionary<string, DemoAccountUsage>(StringComparer.Ordinal);
        foreach (var call in live.Select(l => l.Call!))
        {
            if (PayerOf(call, payers) is not { } account) continue;
            var sum = usage.GetValueOrDefault(account) ?? new DemoAccountUsage(0, 0, 0);
            usage[account] = new DemoAccountUsage(sum.Calls + 1, sum.Seconds + call.Seconds, sum.Cost + (call.Carrier == DemoCarrier.Asterisk ? 0 : call.Cost));
        }
        return new DemoExpectations(
            lines.Count,
            lines.Where(l => l.Call is not null).Select(l => (l.Call!.Carrier, l.Call.RecordId)).Distinct().Count(),
            lines.GroupBy(l => l.Fate).ToDictionary(g => g.Key, g => g.Count()),
            live.Count(l => l.Call!.PrintedStart is not null),
            fixes,
            [
                ("rating.unknown-destination", DemoDestinations.CodeNobodyKnows.Code, live.Count(l => l.Call!.Destination == DemoDestinations.CodeNobodyKnows), "The carrier has been asked for its price of the new charge code."),
                ("cdr.bad-duration", "14", 1, "Whoever looks after the PBX has been asked how long the call was."),
                ("cdr.unknown-value", "14", 1, "Whoever looks after the PBX has been asked what the new disposition means."),
            ],
            usage);
    }

    private static List<DemoFix> FixesFor(DemoReseller reseller, List<DemoLine> live)
    {
        var (trunk, numbers, pbx) = (reseller.Account(DemoShape.NewTrunk), reseller.Account(DemoShape.NewNumbers), reseller.Account(DemoShape.NewPbxAccount));
        var left = reseller.Account(DemoShape.Leaver).Services[0].Assignments[0];
        var since = new DateInterval(DemoMonth.First, null);
        return
        [
            new DemoFix.AssignCircuit(DemoTraps.NewTrunk, trunk.Number, trunk.Services[0].Label, since, Calls(c => c.Identity == DemoTraps.NewTrunk),
                $"{trunk.Name} got a second trunk on 2 March; the order was never entered."),
            new DemoFix.AssignNumbers(DemoTraps.NewNumbers, DemoTraps.NewNumbers + 9, numbers.Number, numbers.Services[0].Label, since,
                Calls(c => c.Fate == DemoFate.Unassigned && c.Carrier == DemoCarrier.Prerated && c.Caller != 0), $"{numbers.Name} took over ten numbers; the port was never entered."),
            new DemoFix.AssignCircuit(DemoTraps.NewPbxAccount, pbx.Number, pbx.Services[0].Label, since, Calls(c => c.Identity == DemoTraps.NewPbxAccount),
                $"{pbx.Name} opened a second surgery on 23 March; the PBX account was never entered."),
            new DemoFix.AddRate(DemoDestinations.PrefixNobodyKnows.Prefixes[0], DemoDestinations.PrefixNobodyKnows.Name, 6.50m,
                Calls(c => c.Destination == DemoDestinations.PrefixNobodyKnows), "The carrier's list has this prefix at 4.10; the tariff had not."),
            new DemoFix.Exclude("usage.not-owned-on-day", left.ToString(), Calls(c => c.Fate == DemoFate.NotOwnedOnDay),
                "The line was ceased on 14 March. The carrier ceased it late and takes these calls back."),
            new DemoFix.Exclude("usage.unassigned", "withheld", Calls(c => c.Caller == 0), "The carrier can't say whose line it was and has been asked for a credit."),
            new DemoFix.Exclude("usage.too-old", "2025-11", Calls(c => c.Fate == DemoFate.TooOld), "More than ninety days old: our terms do not allow it to be billed."),
            new DemoFix.Exclude("cdr.bad-duration", "Duration", 1, Intact),
            new DemoFix.Exclude("cdr.open-quote", "", 1, Intact),
            new DemoFix.Exclude("cdr.bad-field-count", "", 1, Intact),
            new DemoFix.Exclude("cdr.bad-time", "Call Date", 1, Intact),
            new DemoFix.Exclude("cdr.bad-duration", "duration", 1, Resent),
            new DemoFix.Exclude("cdr.bad-time", "end_time", 1, Resent),
            new DemoFix.Exclude("cdr.truncated", "", 1, "The file was fetched while it was being written; the call is in it one line above."),
        ];

        int Calls(Func<DemoCall, bool> which) => live.Count(l => which(l.Call!));
    }

    private const string Intact = "The carrier's monthly file has this call intact; it is billed from there.";
    private const string Resent = "The carrier confirms that the line is a broken copy of the one above it.";

    private static string? PayerOf(DemoCall call, Dictionary<string, string?> payers) => call.Fate switch
    {
        DemoFate.Billable or DemoFate.Late or DemoFate.Reversal or DemoFate.ZeroSeconds => call.Account,
        DemoFate.Unassigned => payers.GetValueOrDefault(call.Identity ?? (call.Caller == 0 ? "" : (call.Caller / 10).ToString(CultureInfo.InvariantCulture))),
        DemoFate.UnknownDestination when call.Destination == DemoDestinations.PrefixNobodyKnows => call.Account,
        _ => null,
    };

    private static string KeyOf(DemoFix fix) => fix switch
    {
        DemoFix.AssignCircuit circuit => circuit.Circuit,
        DemoFix.AssignNumbers numbers => (numbers.First / 10).ToString(CultureInfo.InvariantCulture),
        DemoFix.Exclude exclude => $"{exclude.Code}/{exclude.Subject}",
        _ => fix.Why,
    };

    private static string? AccountOf(DemoFix fix) => fix switch
    {
        DemoFix.AssignCircuit circuit => circuit.Account,
        DemoFix.AssignNumbers numbers => numbers.Account,
        _ => null,
    };
}
