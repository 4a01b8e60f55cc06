using Billing.Abstractions.Values;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Invoices;
using Billing.Ledger.Journal;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Data;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages;

/// <summary>How the month is going: the last run, what it billed, what is still wrong, whether the books agree.</summary>
internal sealed class IndexModel(CurrentTenant current, Database database, TimeProvider clock) : PageModel
{
    private const int Longest = 8;

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

    public IReadOnlyList<BarPart> Lines { get; private set; } = [];

    public IReadOnlyList<(bool IsGood, string What, string How)> Checks { get; private set; } = [];

    public IEnumerable<DestinationTotal> TopDestinations => Billed.Destinations.Take(Longest);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (!current.IsKnown) return;
        var runs = (await new BillingRunBook(database, clock).ListAsync(current.Tenant, cancellationToken)).Where(r => r.Status != BillingRunStatus.Cancelled).ToList();
        await using var db = await current.BeginAsync(cancellationToken);
        var cutoff = runs.Count == 0 ? (DateTimeOffset?)null : current.Tenant.StartOf(runs[0].Fields.CutoffOn.AddDays(1));
        Files = await UsageBalance.LoadAsync(db, cutoff, cancellationToken);
        Errors = await ErrorDesk.LoadAsync(db, cancellationToken);
        var invoices = await InvoiceRegister.ListAsync(db, null, cancellationToken);
        if (runs.Count > 0)
        {
            Run = runs[0];
            var totals = await RunTotals.LoadAsync(db, cancellationToken);
            Totals = totals[Run.Id];
            Before = runs.Count > 1 ? totals[runs[1].Id] : null;
            Billed = await RunBreakdown.LoadAsync(db, Run.Id, cancellationToken);
            TopInvoices = [.. invoices.Where(i => i.Run == Run.Id).OrderByDescending(i => i.Net).ThenBy(i => i.Sequence).Take(Longest)];
        }
        Lines =
        [
            new("billed", "Billed", Files.Sum(f => f.Billed + f.InAllowance)),
            new("zero", "Zero-rated", Files.Sum(f => f.ZeroRated)),
            // What a finished run left: parked accounts' calls, and calls too cheap to make a coin together.
            new("waiting", Run?.Status == BillingRunStatus.Completed ? "Carried forward" : "To bill", Files.Sum(f => f.Open)),
            new("held", "After the cutoff", Files.Sum(f => f.Held)),
            new("excluded", "Excluded", Files.Sum(f => f.Excluded)),
            new("duplicate", "Duplicate", Files.Sum(f => f.Duplicate)),
            new("error", "Error", Files.Sum(f => f.Error)),
            new("skipped", "Headings and trailers", Files.Sum(f => f.Skipped)),
        ];
        Checks = CheckBooks(invoices, await JournalBook.BalancesAsync(db, cancellationToken));
    }

    private List<(bool, string, string)> CheckBooks(IReadOnlyList<IssuedInvoice> invoices, IReadOnlyDictionary<string, decimal> ledger)
    {
        var lines = Files.Sum(f => f.Lines);
        var unbalanced = Files.Count(f => !f.IsBalanced);
        var (gross, receivables, sum) = (invoices.Sum(i => i.Gross), ledger.GetValueOrDefault(LedgerAccounts.Receivables), ledger.Values.Sum());
        var isGapless = invoices.Index().All(pair => pair.Item.Sequence == pair.Index + 1);
        return
        [
            (unbalanced == 0, "Lines in = lines out", unbalanced == 0
                ? $"{Written.Counted(lines, "line", "lines")} of {Written.Counted(Files.Count, "file", "files")}, each in exactly one state"
                : $"{Written.Counted(unbalanced, "file has", "files have")} lines in no state"),
            (sum == 0, "The ledger sums to zero", $"sum {Written.Amount(sum, Currency)}"),
            (receivables == gross, "Receivables equal the invoices", receivables == gross
                ? Written.Amount(gross, Currency)
                : $"{Written.Amount(receivables, Currency)} against {Written.Amount(gross, Currency)}"),
            (isGapless, "Invoice numbers have no gap", invoices.Count == 0 ? "no invoice yet" : $"{invoices[0].Number} to {invoices[^1].Number}"),
        ];
    }
}
