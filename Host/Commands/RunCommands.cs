using System.CommandLine;
using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Documents;

namespace Billing.Host.Commands;

/// <summary><c>billing run list | draft | post | cancel</c>.</summary>
internal static class RunCommands
{
    /// <summary>The template that invoices are printed from where a tenant has none of its own.</summary>
    public const string StandardTemplate = "templates/invoices/standard.sbnhtml";

    public static Command Build() => new("run", "Billing runs.") { List(), Draft(), Post(), Cancel() };

    private static Command List()
    {
        var tenant = CommonOptions.Tenant();
        var command = new Command("list", "The runs, newest first, one JSON object a line.") { tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await OpenAsync(result, cancellationToken);
            foreach (var run in await new BillingRunBook(installation.Database, installation.Clock).ListAsync(await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken), cancellationToken))
                JsonOut.Write(View(run));
            return 0;
        });
        return command;
    }

    private static Command Draft()
    {
        var tenant = CommonOptions.Tenant();
        var invoiceDate = new Option<DateOnly>("--invoice-date") { Description = "The printed date.", HelpName = "yyyy-MM-dd", Required = true };
        var cutoff = new Option<DateOnly>("--cutoff") { Description = "Last day that charges apply, included.", HelpName = "yyyy-MM-dd", Required = true };
        var due = new Option<DateOnly?>("--due") { Description = "Printed due date; left out, each account's payment days count.", HelpName = "yyyy-MM-dd" };
        var message = new Option<string?>("--message") { Description = "Printed on every invoice.", HelpName = "TEXT" };
        var command = new Command("draft", "Computes what a run would bill, as often as wanted: one JSON object an invoice, then the draft with its hash.") { tenant, invoiceDate, cutoff, due, message };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await OpenAsync(result, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            var book = new BillingRunBook(installation.Database, installation.Clock);
            var fields = new BillingRunFields(result.GetValue(invoiceDate), result.GetValue(cutoff), result.GetValue(due), result.GetValue(message));
            if (!(await book.OpenAsync(owner, fields, cancellationToken)).TryGet(out var run, out var failure)) return Refuse(failure);
            if (!(await book.DraftAsync(owner, run.Id, cancellationToken)).TryGet(out var draft, out failure)) return Refuse(failure);
            await using var db = await installation.Database.BeginAsync(owner.Id, cancellationToken);
            foreach (var (place, invoice) in (await DraftedInvoice.ListAsync(db, run.Id, cancellationToken)).Index())
                JsonOut.Write(new { Number = string.Create(CultureInfo.InvariantCulture, $"DRAFT-{place + 1}"), Account = invoice.AccountNumber, Name = invoice.AccountName, Net = Text(invoice.Net), Vat = Text(invoice.Vat), Gross = Text(invoice.Gross) });
            JsonOut.Write(new { Run = run.Id.Value, Draft = draft.Hash, draft.Invoices, Net = Text(draft.Net), Vat = Text(draft.Vat), Gross = Text(draft.Gross) });
            return 0;
        });
        return command;
    }

    private static Command Post()
    {
        var tenant = CommonOptions.Tenant();
        var id = new Argument<long>("RUN") { Description = "The run." };
        var hash = new Option<string>("--draft") { Description = "Hash of the draft that is approved.", HelpName = "HASH", Required = true };
        var by = new Option<string>("--by") { Description = "Who confirms payments, CDR files, errors and the pre-billing report.", HelpName = "NAME", Required = true };
        var command = new Command("post", "Confirms, requests and posts a run, and prints its invoices. Goes on where an interrupted one stopped.") { id, tenant, hash, by };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await OpenAsync(result, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            var run = new BillingRunId(result.GetValue(id));
            var book = new BillingRunBook(installation.Database, installation.Clock);
            IReadOnlyList<string> gates;
            await using (var db = await installation.Database.BeginAsync(owner.Id, cancellationToken)) gates = await RunGate.OfAsync(db, cancellationToken);
            foreach (var gate in gates) await book.ConfirmAsync(owner, run, gate, result.GetValue(by)!, cancellationToken);
            if (!(await book.RequestAsync(owner, run, result.GetValue(hash)!, cancellationToken)).TryGet(out _, out var failure)) return Refuse(failure);
            var template = TemplateSet.Read(Home.File(StandardTemplate));
            if (!(await new RunPosting(installation.Database, installation.Clock).PostAsync(owner, run, template, null, cancellationToken)).TryGet(out var outcome, out failure)) return Refuse(failure);
            await using var printer = new PdfPrinter(new PdfPrinterSettings());
            var failures = await new InvoicePrinting(installation.Database, printer, installation.Clock).PrintAsync(owner, run, Environment.ProcessorCount, null, cancellationToken);
            foreach (var printing in failures) Console.Error.WriteLine(printing);
            JsonOut.Write(new { Run = run.Value, outcome.Posted, outcome.Parked, NotPrinted = failures.Count });
            return outcome.Parked.Count + failures.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Command Cancel()
    {
        var tenant = CommonOptions.Tenant();
        var id = new Argument<long>("RUN") { Description = "The run." };
        var command = new Command("cancel", "Gives up a run that has posted nothing.") { id, tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await OpenAsync(result, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            if (!(await new BillingRunBook(installation.Database, installation.Clock).CancelAsync(owner, new BillingRunId(result.GetValue(id)), cancellationToken)).TryGet(out var run, out var failure)) return Refuse(failure);
            JsonOut.Write(View(run));
            return 0;
        });
        return command;
    }

    private static Task<Installation> OpenAsync(ParseResult result, CancellationToken cancellationToken) =>
        Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);

    private static object View(BillingRun run) => new
    {
        Run = run.Id.Value,
        Status = run.Status.ToString().ToLowerInvariant(),
        run.Fields.InvoiceDate,
        run.Fields.CutoffOn,
        run.Fields.DueOn,
        run.Fields.Message,
        Draft = run.DraftHash,
        run.RequestedAt,
        run.CompletedAt,
    };

    private static string Text(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static int Refuse(Failure failure)
    {
        Console.Error.WriteLine(failure);
        return 1;
    }
}
