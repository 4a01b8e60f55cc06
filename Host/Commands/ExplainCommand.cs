using System.CommandLine;
using System.Globalization;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Tenants;
using Billing.Usage.Explaining;

namespace Billing.Host.Commands;

/// <summary><c>billing explain call | file | invoice</c>: how an amount came about, done again from what is stored.</summary>
internal static class ExplainCommand
{
    public static Command Build() => new("explain", "How an amount came about: raw line, owner, tariff, every step; exit code 1 when the steps come to another amount than is stored.") { Call(), File(), Invoice() };

    private static Command Call()
    {
        var tenant = CommonOptions.Tenant();
        var which = new Argument<string>("FILE:LINE") { Description = "Id of the CDR file and number of the line in it, for example 12:345." };
        var asJson = new Option<bool>("--json") { Description = "One JSON object in place of sentences." };
        var command = new Command("call", "One line of a CDR file.") { which, tenant, asJson };
        command.SetAction(async (result, cancellationToken) =>
        {
            if (result.GetValue(which)!.Split(':') is not [var fileText, var lineText]
                || !long.TryParse(fileText, NumberStyles.None, CultureInfo.InvariantCulture, out var file) || !long.TryParse(lineText, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
                throw new UsageException("explain.bad-call", $"'{result.GetValue(which)}' names no line. Write the file's id, a colon and the line, for example 12:345.");
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            await using var db = await installation.Database.BeginAsync(owner.Id, cancellationToken);
            var trace = await new CallTraces(db, owner).FindAsync(file, line, cancellationToken)
                ?? throw new UsageException("explain.no-call", $"There is no record that ends in line {line} of CDR file {file}. Headings and lines that are part of a longer call have none.");
            if (result.GetValue(asJson)) JsonOut.Write(View(trace));
            else Tell(trace, owner);
            return trace.IsReproduced ? 0 : 1;
        });
        return command;
    }

    private static Command Invoice()
    {
        var tenant = CommonOptions.Tenant();
        var number = new Argument<string>("NUMBER") { Description = "The invoice's number." };
        var command = new Command("invoice", "Every call on an invoice, one JSON object each, done again from what is stored.") { number, tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            await using var db = await installation.Database.BeginAsync(owner.Id, cancellationToken);
            var id = await InvoiceRegister.FindIdAsync(db, result.GetValue(number)!, cancellationToken)
                ?? throw new UsageException("explain.no-invoice", $"There is no invoice '{result.GetValue(number)}'.");
            return WriteAll(await new CallTraces(db, owner).OfInvoiceAsync(id, cancellationToken));
        });
        return command;
    }

    private static Command File()
    {
        var tenant = CommonOptions.Tenant();
        var file = new Argument<long>("FILE") { Description = "Id of the CDR file." };
        var command = new Command("file", "Every record of a CDR file, one JSON object each, done again from what is stored.") { file, tenant };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            await using var db = await installation.Database.BeginAsync(owner.Id, cancellationToken);
            return WriteAll(await new CallTraces(db, owner).OfFileAsync(result.GetValue(file), cancellationToken));
        });
        return command;
    }

    private static int WriteAll(IReadOnlyList<CallTrace> traces)
    {
        foreach (var trace in traces) JsonOut.Write(View(trace));
        var wrong = traces.Count(trace => !trace.IsReproduced);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{traces.Count} calls, {traces.Sum(t => t.Charge ?? 0):0.00####} before VAT; {(wrong == 0 ? "each comes to what is stored" : $"{wrong} come to something else")}."));
        return wrong == 0 ? 0 : 1;
    }

    private static object View(CallTrace trace) => new
    {
        File = trace.FileId, trace.FileName, trace.Format, trace.Line, trace.Lines, trace.State, trace.Raw, Call = trace.Facts is { } call
            ? new { call.StartedAt, trace.StartedLocal, trace.IsAnswered, Direction = call.Direction.ToString(), Kind = call.Kind.ToString(), call.Caller, call.Called, call.Circuit, call.Seconds, call.Quantity, call.ChargeCode, Cost = Text(call.Cost) }
            : null,
        trace.Owner, trace.Tariffs, trace.Tariff, trace.TariffVersion,
        Steps = trace.Steps.Select(step => new { step.Name, Values = step.Values.ToDictionary(v => v.Key, v => v.Value is decimal amount ? Text(amount) : v.Value, StringComparer.Ordinal), step.Text }),
        Computed = Text(trace.Computed), Charge = Text(trace.Charge), trace.IsReproduced, Error = trace.Error,
    };

    private static void Tell(CallTrace trace, Tenant tenant)
    {
        var to = Console.Out;
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Line {trace.Line} of {trace.FileName} (file {trace.FileId}, {trace.Format}): {trace.State}"));
        to.WriteLine("  " + trace.Raw.ReplaceLineEndings("\n  "));
        if (trace.Facts is { } call)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Started {trace.StartedLocal:yyyy-MM-dd HH:mm:ss} in {tenant.TimeZone.Id} ({call.StartedAt.UtcDateTime:HH:mm:ss} UTC), {call.Caller ?? "withheld"} to {call.Called ?? "nothing"}, {call.Seconds} s{(trace.IsAnswered ? "" : ", not answered")}"));
        if (trace.Owner is { } owner) to.WriteLine($"Paid by {owner.Account} {owner.Name}, service {owner.Service}. {owner.Why}");
        if (trace.Error is { } error) to.WriteLine($"Can't be billed: {error.Message} ({error.Code})");
        foreach (var tried in trace.Tariffs) to.WriteLine($"Tariff of {tried.Place}: {tried.Tariff ?? "none"}{(tried.IsUsed ? string.Create(CultureInfo.InvariantCulture, $", used (version {trace.TariffVersion})") : "")}");
        foreach (var (step, i) in trace.Steps.Select((step, i) => (step, i))) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1,3}. {step.Text}"));
        if (trace.Charge is not null) to.WriteLine($"Stored: {Text(trace.Charge)}; the steps come to {Text(trace.Computed) ?? "nothing"}.");
    }

    private static string? Text(decimal? amount) => amount?.ToString("0.00##########", CultureInfo.InvariantCulture);
}
