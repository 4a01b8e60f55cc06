using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Abstractions.Values;
using Billing.Delivery.Documents;
using Billing.Host.Commands;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Invoicing.Verification;
using Billing.Ledger.Journal;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;

namespace Billing.Host.Demo;

/// <summary>
/// What the demo did, as <c>summary.json</c> and as a page that anyone can read. Everything in it is read back from the database, so a second run
/// on the same data, or one that was killed and started again, says the same.
/// </summary>
internal sealed class DemoSummary
{
    private readonly List<(string Name, bool Passed, string Detail)> checks = [];

    public required IReadOnlyList<FileBalance> Files { get; init; }
    public required IReadOnlyList<ErrorGroup> Errors { get; init; }
    public required Currency Currency { get; init; }
    public required IReadOnlyList<IssuedInvoice> Invoices { get; init; }
    public required IReadOnlyList<BillingRun> Runs { get; init; }
    public required IReadOnlyDictionary<string, decimal> Ledger { get; init; }
    public required IReadOnlyDictionary<string, string> Documents { get; init; }
    public required IReadOnlyList<(string Name, string Code)> Refused { get; init; }

    public bool IsClean => checks.TrueForAll(c => c.Passed);

    public static async Task<DemoSummary> ReadAsync(TenantDb db, Tenant tenant, IReadOnlyList<BillingRun> runs, IReadOnlyList<string> offered, DemoImports imports, CancellationToken cancellationToken)
    {
        var completed = runs.Where(r => r.Status == BillingRunStatus.Completed).OrderBy(r => r.Id.Value).ToList();
        var cutoffOn = completed.Count > 0 ? completed[^1].Fields.CutoffOn : (DateOnly?)null;
        var files = await UsageBalance.LoadAsync(db, cutoffOn, cancellationToken);
        var taken = files.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var summary = new DemoSummary
        {
            Files = files,
            Errors = await ErrorDesk.LoadAsync(db, cancellationToken),
            Currency = tenant.Currency,
            Invoices = await InvoiceRegister.ListAsync(db, null, cancellationToken),
            Runs = completed,
            Ledger = await JournalBook.BalancesAsync(db, cancellationToken),
            Documents = await DocumentStore.HashesAsync(db, InvoicePrinting.MediaType, cancellationToken),
            // A file is refused when its bytes are in the register under another name, or nothing could be made of it.
            Refused = [.. imports.Refused.Where(r => offered.Contains(r.Name) && !taken.Contains(r.Name)).Select(r => (r.Name, r.Why.Code))],
        };
        var waiting = cutoffOn is { } last ? await UnbilledUsage.WaitingAsync(db, tenant.StartOf(last.AddDays(1)), tenant.Currency.Decimals, cancellationToken) : new Dictionary<Customers.Accounts.AccountId, decimal>();
        summary.Check("nothing left unbilled", waiting.Values.All(charge => charge == 0), Text(
            $"{summary.Files.Sum(f => f.Open)} calls before the cutoff wait, of {waiting.Count} accounts where they come to less than a coin; they are carried forward"));
        foreach (var finding in await BooksCheck.RunAsync(db, cancellationToken)) summary.Check(finding.Code, false, finding.Message);
        summary.CheckItself();
        return summary;
    }

    public void Check(string name, bool passed, string detail) => checks.Add((name, passed, detail));

    private void CheckItself()
    {
        var sum = Ledger.Values.Sum();
        var receivables = Ledger.GetValueOrDefault(LedgerAccounts.Receivables);
        var gross = Invoices.Sum(i => i.Gross);
        Check("lines in = lines out", Files.All(f => f.IsBalanced), Text($"{Files.Sum(f => f.Lines)} lines of {Files.Count} files, every one in exactly one state"));
        Check("invoice numbers are gapless", Invoices.Select((i, n) => i.Sequence == n + 1).All(ok => ok), Invoices.Count == 0 ? "no invoice" : $"{Invoices[0].Number} to {Invoices[^1].Number}");
        Check("the ledger sums to zero", sum == 0, Text($"{Ledger.Count} ledger accounts, sum {sum:0.00}"));
        Check("receivables = invoices", receivables == gross, Text($"{receivables:0.00} = {gross:0.00}"));
        Check("every invoice has its PDF", Invoices.All(i => Documents.ContainsKey(i.Subject)), Text($"{Documents.Count} PDFs, each with its hash"));
    }

    public JsonObject ToJson(JsonObject about, JsonObject timing) => new()
    {
        ["about"] = about,
        ["files"] = new JsonArray([.. Files.Select(f => (JsonNode)new JsonObject
        {
            ["name"] = f.Name, ["carrier"] = f.Carrier, ["format"] = f.Format, ["kind"] = f.Kind, ["lines"] = f.Lines, ["skipped"] = f.Skipped,
            ["billed"] = f.Billed, ["inAllowance"] = f.InAllowance, ["zeroRated"] = f.ZeroRated, ["excluded"] = f.Excluded, ["duplicate"] = f.Duplicate,
            ["error"] = f.Error, ["held"] = f.Held + f.Open, ["balanced"] = f.IsBalanced,
        })]),
        ["refused"] = new JsonArray([.. Refused.Select(r => (JsonNode)new JsonObject { ["name"] = r.Name, ["code"] = r.Code })]),
        ["lines"] = new JsonObject
        {
            ["in"] = Files.Sum(f => f.Lines), ["skipped"] = Files.Sum(f => f.Skipped), ["billed"] = Files.Sum(f => f.Billed), ["inAllowance"] = Files.Sum(f => f.InAllowance),
            ["zeroRated"] = Files.Sum(f => f.ZeroRated), ["excluded"] = Files.Sum(f => f.Excluded), ["duplicate"] = Files.Sum(f => f.Duplicate),
            ["error"] = Files.Sum(f => f.Error), ["held"] = Files.Sum(f => f.Held + f.Open),
        },
        ["errors"] = new JsonArray([.. Errors.OrderBy(e => e.Code, StringComparer.Ordinal).ThenBy(e => e.Subject, StringComparer.Ordinal).Select(e => (JsonNode)new JsonObject
        {
            ["code"] = e.Code, ["subject"] = e.Subject, ["calls"] = e.Calls, ["seconds"] = e.Seconds, ["cost"] = Plain(e.Stake.In(Currency)),
        })]),
        ["runs"] = new JsonArray([.. Runs.Select(r => (JsonNode)new JsonObject
        {
            ["invoiceDate"] = Day(r.Fields.InvoiceDate), ["cutoffOn"] = Day(r.Fields.CutoffOn), ["draft"] = r.DraftHash,
            ["invoices"] = Invoices.Count(i => i.Run == r.Id), ["gross"] = Money(Invoices.Where(i => i.Run == r.Id).Sum(i => i.Gross)),
        })]),
        ["invoices"] = new JsonArray([.. Invoices.Select(i => (JsonNode)new JsonObject
        {
            ["number"] = i.Number, ["account"] = i.AccountNumber, ["name"] = i.AccountName, ["net"] = Money(i.Net), ["vat"] = Money(i.Vat), ["gross"] = Money(i.Gross),
            ["calls"] = i.Calls, ["seconds"] = i.Seconds, ["pdf"] = Documents.GetValueOrDefault(i.Subject),
        })]),
        ["totals"] = new JsonObject
        {
            ["invoices"] = Invoices.Count, ["net"] = Money(Invoices.Sum(i => i.Net)), ["vat"] = Money(Invoices.Sum(i => i.Vat)), ["gross"] = Money(Invoices.Sum(i => i.Gross)),
            ["calls"] = Invoices.Sum(i => i.Calls), ["seconds"] = Invoices.Sum(i => i.Seconds),
        },
        ["ledger"] = new JsonObject
        {
            ["accounts"] = new JsonObject(Ledger.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)Money(l.Value)))),
            ["sum"] = Money(Ledger.Values.Sum()),
        },
        ["checks"] = new JsonArray([.. checks.Select(c => (JsonNode)new JsonObject { ["name"] = c.Name, ["passed"] = c.Passed, ["detail"] = c.Detail })]),
        ["timing"] = timing,
    };

    /// <summary>The page for people.</summary>
    public void Print(TextWriter page, string currency)
    {
        page.WriteLine();
        page.WriteLine(Text($"  {Files.Sum(f => f.Lines),9:#,0} lines in {Files.Count} carrier files"));
        foreach (var (what, count) in new (string, long)[]
        {
            ("billed", Files.Sum(f => f.Billed)), ("free or unanswered", Files.Sum(f => f.ZeroRated)), ("duplicates", Files.Sum(f => f.Duplicate)),
            ("excluded, each with a reason", Files.Sum(f => f.Excluded)), ("errors that stay open", Files.Sum(f => f.Error)),
            ("held for the next run", Files.Sum(f => f.Held + f.Open)), ("headings and blank lines", Files.Sum(f => f.Skipped)),
        }) if (count > 0) page.WriteLine(Text($"  {count,9:#,0}   {what}"));
        foreach (var error in Errors.Take(8)) page.WriteLine(Text($"              {error.Calls} x {error.Code} {error.Subject}: {error.Message}"));
        if (Errors.Count > 8) page.WriteLine(Text($"              and {Errors.Count - 8} more causes"));
        foreach (var (name, code) in Refused) page.WriteLine($"              {name} was refused: {code}");
        page.WriteLine();
        page.WriteLine(Text($"  {Invoices.Count,9:#,0} invoices: net {Invoices.Sum(i => i.Net):#,0.00}, VAT {Invoices.Sum(i => i.Vat):#,0.00}, gross {Invoices.Sum(i => i.Gross):#,0.00} {currency}"));
        page.WriteLine(Text($"  {Invoices.Sum(i => i.Calls),9:#,0} calls on them, {Invoices.Sum(i => i.Seconds) / 3600.0:#,0.0} hours"));
        page.WriteLine();
        foreach (var (name, passed, detail) in checks) page.WriteLine($"  {(passed ? "ok  " : "FAIL")} {name}: {detail}");
        page.WriteLine();
    }

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Plain(decimal amount) => amount.ToString("0.00####", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
