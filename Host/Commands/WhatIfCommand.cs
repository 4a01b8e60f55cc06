using System.CommandLine;
using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage.WhatIf;

namespace Billing.Host.Commands;

/// <summary><c>billing what-if</c>: past months replayed through other tariffs. Reads only, keeps nothing.</summary>
internal static class WhatIfCommand
{
    private const int MostAccounts = 10;

    public static Command Build()
    {
        var tenant = CommonOptions.Tenant();
        var months = new Option<int>("--months") { Description = "How many months, 1 to 24.", DefaultValueFactory = _ => 3 };
        var from = new Option<string?>("--from") { Description = "The first of them; without it they end with the month of the newest call.", HelpName = "YYYY-MM" };
        var drafts = Many("--draft", "A draft of a tariff: a document (JSON), whole or only what differs, or a rate sheet.", "CODE=FILE");
        var percents = Many("--percent", "All prices of a tariff higher by so many percent; less than zero for lower.", "CODE=PERCENT");
        var versions = Many("--tariff-version", "One of a tariff's published versions in place of its latest.", "CODE=VERSION");
        var accounts = Many("--move", "An account that would be on another tariff.", "ACCOUNT=CODE");
        var everybody = Many("--move-all", "Everybody on a tariff would be on another.", "CODE=CODE");
        var asJson = new Option<bool>("--json") { Description = "The whole result as one JSON object in place of sentences." };
        var command = new Command("what-if", "What past months would have come to with other tariffs: revenue, margin, who pays more and who less. Nothing is changed.")
        {
            tenant, months, from, drafts, percents, versions, accounts, everybody, asJson,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            DateOnly? first = null;
            if (result.GetValue(from) is { } month)
                first = DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new UsageException("what-if.bad-months", $"'{month}' is no month. Write the year and the month, for example 2026-11.");
            var percentOf = Pairs(result.GetValue(percents)).Select(p => new DraftWish(p.Key, Percent: decimal.TryParse(p.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var percent) ? percent : throw NoNumber(p.Value))).ToList();
            var versionOf = Pairs(result.GetValue(versions)).Select(p => new DraftWish(p.Key, Version: int.TryParse(p.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : throw NoNumber(p.Value))).ToList();
            var moves = Pairs(result.GetValue(accounts)).Select(p => new WhatIfMove(p.Key, null, p.Value)).Concat(Pairs(result.GetValue(everybody)).Select(p => new WhatIfMove(null, p.Key, p.Value))).ToList();

            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var owner = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            await using var db = await installation.Database.BeginReadingAsync(owner.Id, Actor.System, cancellationToken);
            var files = await ReadAsync(db, Pairs(result.GetValue(drafts)), cancellationToken);
            var planned = await WhatIfPlanning.PlanAsync(db, owner, new WhatIfWish("what-if", first, result.GetValue(months), [.. files, .. percentOf, .. versionOf], moves), cancellationToken);
            if (!planned.TryGet(out var plan, out var refused)) throw new UsageException(refused.Code, refused.Message);
            if (!(await WhatIfReplay.RunAsync(db, owner, plan, null, cancellationToken)).TryGet(out var outcome, out var failed)) throw new UsageException(failed.Code, failed.Message);
            var numbers = (await AccountList.LoadAsync(db, cancellationToken)).ToDictionary(account => account.Id.Value);
            outcome = outcome with { Accounts = [.. outcome.Accounts.Select(a => numbers.GetValueOrDefault(a.AccountId) is { } account ? a with { Number = account.Number, Name = account.Name } : a)] };
            if (result.GetValue(asJson)) JsonOut.Write(new { plan.From, To = plan.To.AddDays(-1), Drafts = plan.Drafts.Select(draft => draft.Words), plan.Moves, Outcome = outcome });
            else Tell(plan, outcome, owner.Currency);
            return 0;
        });
        return command;
    }

    private static Option<string[]> Many(string name, string description, string form) => new(name) { Description = description, HelpName = form, AllowMultipleArgumentsPerToken = false };

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string[]? given) => (given ?? []).Select(text => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? new KeyValuePair<string, string>(text[..at], text[(at + 1)..])
        : throw new UsageException("what-if.bad-pair", $"'{text}' has no '=' in it. Write for example default=5."));

    private static UsageException NoNumber(string text) => new("what-if.bad-percent", $"'{text}' is no number. Write for example default=5.");

    private static async Task<IReadOnlyList<DraftWish>> ReadAsync(TenantDb db, IEnumerable<KeyValuePair<string, string>> files, CancellationToken cancellationToken)
    {
        var drafts = new List<DraftWish>();
        foreach (var (code, path) in files)
        {
            if (!File.Exists(path)) throw new UsageException("what-if.no-file", $"There is no file '{path}'.");
            if (!(await DraftFile.ReadAsync(db, code, await File.ReadAllBytesAsync(path, cancellationToken), cancellationToken)).TryGet(out var document, out var refused)) throw new UsageException(refused.Code, $"{path}: {refused.Message}");
            drafts.Add(new DraftWish(code, document));
        }
        return drafts;
    }

    private static void Tell(WhatIfPlan plan, WhatIfOutcome outcome, Currency currency)
    {
        var (to, total) = (Console.Out, outcome.Total);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.From:yyyy-MM-dd} to {plan.To.AddDays(-1):yyyy-MM-dd}, without VAT, in {currency}: {string.Join("; ", plan.Drafts.Select(d => d.Words).Concat(plan.Moves.Select(m => $"{m.Account ?? "everybody on " + m.FromTariff} on {m.Tariff}")))}"));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"",-14}{"before",16}{"after",16}{"change",16}"));
        Row("revenue", total.Before, total.After);
        Row("cost", total.Cost, total.Cost);
        Row("margin", total.MarginBefore, total.MarginAfter);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total.Calls:N0} calls replayed, {total.PricedOtherwise:N0} priced otherwise, {total.Lost:N0} without a price any more, {total.Gained:N0} with one that had none, {total.Unrated:N0} with none on either side."));
        if (total.WithoutCost > 0) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Of {total.WithoutCost:N0} calls the cost is not known: it is at least what stands here."));
        if (total.ChargedOtherwise > 0) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Charged was {Text(total.Charged)}: {total.ChargedOtherwise:N0} calls were priced under other conditions than those of now."));
        foreach (var month in outcome.Months) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {month.Month:yyyy-MM}       {Text(month.Figures.Before),16}{Text(month.Figures.After),16}{Text(month.Figures.Change),16}"));
        foreach (var (title, accounts) in new[] { ("Pay more", outcome.Accounts.Where(a => a.Figures.Change > 0)), ("Pay less", outcome.Accounts.Where(a => a.Figures.Change < 0).Reverse()) })
        {
            var all = accounts.ToList();
            if (all.Count == 0) continue;
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {all.Count} accounts{(all.Count > MostAccounts ? $", the first {MostAccounts}" : "")}"));
            foreach (var a in all.Take(MostAccounts))
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {a.Number,-12}{Text(a.Figures.Before),18}{Text(a.Figures.After),16}{Text(a.Figures.Change),16} {a.Figures.ChangePercent:+0.0;-0.0;0.0} %  {a.Name}"));
        }
        foreach (var cause in outcome.Causes)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cause.Code}: {cause.Calls:N0} calls {(cause.IsNew ? $"to {cause.Destination}, {Text(cause.Worth)} before" : "that have no price as things are either")}; for example line {cause.Line} of file {cause.FileId}. {cause.Message}"));
        foreach (var left in outcome.LeftOut) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Not replayed: {left.Calls:N0} calls ({left.Code})"));

        void Row(string what, decimal before, decimal after) => to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-14}{Text(before),16}{Text(after),16}{Text(after - before),16}"));
    }

    private static string Text(decimal amount) => amount.ToString("#,##0.00####", CultureInfo.InvariantCulture);
}
