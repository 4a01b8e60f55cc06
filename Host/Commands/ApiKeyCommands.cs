using System.CommandLine;
using System.Globalization;
using Billing.Api.Keys;

namespace Billing.Host.Commands;

/// <summary><c>billing api-key add</c>: a program's way in, from where the data is.</summary>
internal static class ApiKeyCommands
{
    public static Command Build()
    {
        var label = new Option<string>("--label") { Description = "What uses it; the audit trail names what it does by this.", HelpName = "LABEL", Required = true };
        var scopes = new Option<string[]>("--scope") { Description = $"What it may do; once for each. Any of {string.Join(", ", ApiKeyBook.ForKeys)}.", HelpName = "SCOPE", Required = true, AllowMultipleArgumentsPerToken = true };
        var last = new Option<string?>("--last-day") { Description = "Last day it works, yyyy-MM-dd on the tenant's clock; left out, it works until it is withdrawn.", HelpName = "DAY" };
        var tenant = CommonOptions.Tenant();
        var add = new Command("add", "Makes an API key and prints it: it is not stored and not shown again.") { label, scopes, last, tenant };
        add.SetAction(async (result, cancellationToken) =>
        {
            await using var installation = await Installation.OpenAsync(result.GetValue(CommonOptions.Data)!, Console.Error.WriteLine, cancellationToken);
            var house = await CommonOptions.ChooseAsync(installation, result.GetValue(tenant), cancellationToken);
            DateTimeOffset? end = null;
            if (result.GetValue(last) is { } text)
            {
                if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) throw new UsageException("api-key.bad-day", $"'{text}' is not a day such as 2026-12-31.");
                end = house.StartOf(day.AddDays(1));
                if (end <= installation.Clock.GetUtcNow()) throw new UsageException("api-key.bad-day", $"{text} is over: the key would open nothing.");
            }
            await using var db = await installation.Database.BeginAsync(house.Id, cancellationToken);
            var made = await ApiKeyBook.AddAsync(db, result.GetValue(label)!, result.GetValue(scopes)!, ApiKeyBook.ForKeys.ToHashSet(StringComparer.Ordinal), end, cancellationToken);
            if (!made.TryGet(out var key, out var failure)) throw new UsageException(failure.Code, failure.Message);
            await db.CommitAsync(cancellationToken);
            Console.Out.WriteLine(key);
            return 0;
        });
        return new Command("api-key", "Which programs may come in.") { add };
    }
}
