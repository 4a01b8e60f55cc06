using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Ledger.Journal;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage.Arrivals;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages;

/// <summary>What to do next, and how the month is going: the last run, what it billed, what is still wrong, whether the books agree.</summary>
[Demands(Permission.ViewDashboard)]
internal sealed class IndexModel(CurrentTenant current, Database database, CdrFormatCatalog formats, TimeProvider clock) : PageModel
{
    private const int Longest = 8;
    private const int MostRuns = 12;
    private const int Days = 31;

    public bool HasTenant => current.IsKnown;

    public Currency Currency => current.Tenant.Currency;

    /// <summary>The newest run that was not given up.</summary>
    public BillingRun? Run { get; private set; }

    public RunTotals Totals { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>The run before that, to compare with.</summary>
    public RunTotals? Before { get; private set; }

    public RunBreakdown Billed { get; private set; } = new([], []);

    public IReadOnlyList<IssuedInvoice> TopInvoices { get; private set; } = [];

    public IReadOnlyList<ErrorGroup> Errors { get; private set; } = [];

    public IReadOnlyList<FileBalance> Files { get; private set; } = [];

    public ChartData Lines { get; private set; } = null!;

    public IReadOnlyList<NextStep> NextSteps { get; private set; } = [];

    /// <summary>Net and VAT of the latest runs.</summary>
    public ChartData ByRun { get; private set; } = null!;

    /// <summary>Charge and cost day by day; the space between them is the margin.</summary>
    public ChartData ByDay { get; private set; } = null!;

    /// <summary>Calls that can't be billed, by the day they were made.</summary>
    public ChartData ErrorsByDay { get; private set; } = null!;

    public IReadOnlyList<(bool IsGood, string What, string How)> Checks { get; private set; } = [];

    public IEnumerable<DestinationTotal> TopDestinations => Billed.Destinations.Take(Longest);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (!current.IsKnown) return;
        var runs = (await new BillingRunBook(database, clock).ListAsync(current.Tenant, cancellationToken)).Where(r => r.Status != BillingRunStatus.Cancelled).ToList();
        await using var db = await current.BeginAsync(cancellationToken);
        Files = await UsageBalance.LoadAsync(db, runs.Count == 0 ? null : runs[0].Fields.CutoffOn, cancellationToken);
        Errors = await ErrorDesk.LoadAsync(db, cancellationToken);
        var invoices = await RegisterFigures.LoadAsync(db, cancellationToken);
        var totals = await RunTotals.LoadAsync(db, cancellationToken);
        var unprinted = 0L;
        if (runs.Count > 0)
        {
            Run = runs[0];
            Totals = totals[Run.Id];
            Before = runs.Count > 1 ? totals[runs[1].Id] : null;
            Billed = await RunBreakdown.LoadAsync(db, Run.Id, cancellationToken);
            TopInvoices = await InvoiceRegister.LargestAsync(db, Run.Id, Longest, cancellationToken);
            unprinted = Totals.Invoices - await InvoiceRegister.PrintedAsync(db, Run.Id, cancellationToken);
        }
        var days = await UsageDay.LoadAsync(db, Days, cancellationToken);
        Lines = LinesOf(Files, Run);
        ByRun = RunsOf(runs, totals);
        ByDay = new("Day", LabelsOf(days), [new("Charge", [.. days.Select(d => d.Charge)], "billed"), new("Cost", [.. days.Select(d => d.Cost)], "waiting")], Amount);
        ErrorsByDay = new("Day", LabelsOf(days), [new("Calls in error", [.. days.Select(d => (decimal)d.Errors)], "error")], Written.Number);
        NextSteps = NextStep.Derive(new MonthFacts(Run, Totals.Parked, unprinted, Files.Count(f => !f.IsBalanced), Errors.Count,
            Errors.Sum(e => e.Calls), Stake.Sum(Errors.Select(e => e.Stake)).Write(current.Tenant.Currency), Files.Sum(f => f.Open + f.Held))
        {
            LateFiles = (await ArrivalBook.LoadAsync(db, current.Tenant, formats, clock.GetUtcNow(), cancellationToken)).Sum(calendar => calendar.Late.Count()),
            HeldFiles = (await PendingFiles.LoadAsync(db, cancellationToken)).Held,
        });
        Checks = CheckBooks(invoices, await JournalBook.BalancesAsync(db, cancellationToken));
    }

    private string Amount(decimal amount) => Written.Amount(amount, Currency);

    private static List<string> LabelsOf(IReadOnlyList<UsageDay> days) => [.. days.Select(d => d.Day.ToString("d MMM", CultureInfo.InvariantCulture))];

    private ChartData RunsOf(IReadOnlyList<BillingRun> runs, IReadOnlyDictionary<BillingRunId, RunTotals> totals)
    {
        // Oldest to the left.
        var shown = runs.Where(r => totals[r.Id].Invoices > 0).Take(MostRuns).Reverse().ToList();
        return new("Run", [.. shown.Select(r => $"{r.Id.Value}: {r.Fields.CutoffOn.ToString("MMM yyyy", CultureInfo.InvariantCulture)}")],
            [new("Net", [.. shown.Select(r => totals[r.Id].Net)], "billed"), new("VAT", [.. shown.Select(r => totals[r.Id].Vat)], "zero")], Amount);
    }

    private static ChartData LinesOf(IReadOnlyList<FileBalance> files, BillingRun? run)
    {
        (string Kind, string Label, long Lines)[] parts =
        [
            ("billed", "Billed", files.Sum(f => f.Billed + f.InAllowance)),
            ("zero", "Zero-rated", files.Sum(f => f.ZeroRated)),
            // What a finished run left: parked accounts' calls, and calls too cheap to make a coin together.
            ("waiting", run?.Status == BillingRunStatus.Completed ? "Carried forward" : "To bill", files.Sum(f => f.Open)),
            ("held", "After the cutoff", files.Sum(f => f.Held)),
            ("excluded", "Excluded", files.Sum(f => f.Excluded)),
            ("duplicate", "Duplicate", files.Sum(f => f.Duplicate)),
            ("error", "Error", files.Sum(f => f.Error)),
            ("skipped", "Headings and trailers", files.Sum(f => f.Skipped)),
        ];
        var there = parts.Where(part => part.Lines > 0).ToList();
        return new("State", [.. there.Select(p => p.Label)], [new("Lines", [.. there.Select(p => (decimal)p.Lines)])], Written.Number) { Colours = [.. there.Select(p => p.Kind)] };
    }

    private List<(bool, string, string)> CheckBooks(RegisterFigures invoices, IReadOnlyDictionary<string, decimal> ledger)
    {
        var lines = Files.Sum(f => f.Lines);
        var unbalanced = Files.Count(f => !f.IsBalanced);
        var (gross, receivables, sum) = (invoices.Gross, ledger.GetValueOrDefault(LedgerAccounts.Receivables), ledger.Values.Sum());
        return
        [
            (unbalanced == 0, "Lines in = lines out", unbalanced == 0
                ? $"{Written.Counted(lines, "line", "lines")} of {Written.Counted(Files.Count, "file", "files")}, each in exactly one state"
                : $"{Written.Counted(unbalanced, "file has", "files have")} lines in no state"),
            (sum == 0, "The ledger sums to zero", $"sum {Written.Amount(sum, Currency)}"),
            (receivables == gross, "Receivables equal the invoices", receivables == gross
                ? Written.Amount(gross, Currency)
                : $"{Written.Amount(receivables, Currency)} against {Written.Amount(gross, Currency)}"),
            (invoices.IsGapless, "Invoice numbers have no gap", invoices.Invoices == 0 ? "no invoice yet" : $"{invoices.First} to {invoices.Last}"),
        ];
    }
}
