using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Rating.RateCards;
using Billing.Tenancy.Data;
using Billing.Tenancy.Records;
using Billing.Tenancy.Tenants;

namespace Billing.Usage.WhatIf;

/// <summary>Makes a plan of a question, or says what is wrong with it: nothing is begun that can't be finished.</summary>
public static class WhatIfPlanning
{
    /// <summary>Most drafts, and most moves, of one question.</summary>
    public const int Most = 50;

    /// <summary>Checks a question and reads its drafts.</summary>
    /// <param name="db">The tenant, who has the tariffs and the accounts.</param>
    /// <param name="tenant">Its currency.</param>
    /// <param name="wish">The question.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The plan; a refusal names what is wrong in <see cref="Failure.Field"/>: <c>months</c>, <c>drafts[0].document</c>, <c>moves[1].account</c>.</returns>
    public static async Task<Result<WhatIfPlan>> PlanAsync(TenantDb db, Tenant tenant, WhatIfWish wish, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(wish);
        var checks = new FieldChecks().Text("name", "The name", wish.Name, 100, isRequired: true)
            .That(wish.Months is >= 1 and <= WhatIfPlan.MostMonths, "what-if.bad-months", "months", $"Between 1 and {WhatIfPlan.MostMonths} months are replayed at once.")
            .That(wish.From is null or { Year: >= 1990 and < 9990 }, "what-if.bad-months", "from", "No month of that year can be replayed.")
            .That(wish.Drafts.Count + wish.Moves.Count > 0, "what-if.nothing-changes", "drafts", "Nothing would change: give a draft, a percentage or another version of a tariff, or move somebody to another tariff.")
            .That(wish.Drafts.Count <= Most && wish.Moves.Count <= Most, "what-if.too-many", "drafts", $"At most {Most} drafts and {Most} moves are replayed at once.");
        if (checks.Failures is [var wrong, ..]) return wrong;
        if ((wish.From ?? await DefaultFromAsync(db, wish.Months, cancellationToken)) is not { } day)
            return new Failure("what-if.no-calls", "There is no call yet that could be replayed. Upload CDR files first.") { Field = "from" };

        var known = (await TariffBook.LoadAsync(db, cancellationToken)).Where(tariff => tariff.Latest > 0).ToDictionary(tariff => tariff.Code, StringComparer.Ordinal);
        var drafts = new List<WhatIfDraft>();
        foreach (var (asked, i) in wish.Drafts.Select((draft, i) => (draft, i)))
        {
            if (drafts.Any(draft => draft.Tariff == asked.Tariff)) return At(i, "tariff", "what-if.twice", $"Tariff '{asked.Tariff}' is changed twice. Compare one change of a tariff at a time.");
            if (!(await ReadAsync(db, tenant, asked, i, known.GetValueOrDefault(asked.Tariff), wish.Moves, cancellationToken)).TryGet(out var draft, out var refused)) return refused;
            drafts.Add(draft);
        }
        var accounts = wish.Moves.Any(move => move.Account is not null) ? (await AccountList.LoadAsync(db, cancellationToken)).Select(account => account.Number).ToHashSet(StringComparer.Ordinal) : [];
        var moved = new HashSet<(string?, string?)>();
        foreach (var (move, i) in wish.Moves.Select((move, i) => (move, i)))
        {
            if ((move.Account is null) == (move.FromTariff is null))
                return Failed($"moves[{i}].account", "what-if.bad-move", "Say either which account would move, or from which tariff everybody would.");
            if (!moved.Add((move.Account, move.FromTariff))) return Failed($"moves[{i}].account", "what-if.twice", $"'{move.Account ?? move.FromTariff}' is moved twice.");
            if (move.Account is { } number && !accounts.Contains(number)) return Failed($"moves[{i}].account", "what-if.no-such-account", $"There is no account '{number}'.");
            if (move.FromTariff is { } from && !known.ContainsKey(from)) return Failed($"moves[{i}].fromTariff", "what-if.no-such-tariff", $"There is no published tariff with the code '{from}'.");
            if (!known.ContainsKey(move.Tariff) && drafts.TrueForAll(draft => draft.Tariff != move.Tariff))
                return Failed($"moves[{i}].tariff", "what-if.no-such-tariff", $"There is no published tariff with the code '{move.Tariff}', and no draft of one.");
        }
        return new WhatIfPlan(wish.Name.Trim(), new DateOnly(day.Year, day.Month, 1), wish.Months, drafts, wish.Moves);
    }

    /// <summary>First day of the months that end with that of the newest call; null while there is none.</summary>
    public static async Task<DateOnly?> DefaultFromAsync(TenantDb db, int months, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var newest = await db.FindAsync($"select max(day) from (select day from usage.tally where state not in ('duplicate', 'excluded') group by day having sum(calls) > 0) d", row => row.Maybe<DateOnly?>(0), cancellationToken);
        return newest is { } day ? new DateOnly(day.Year, day.Month, 1).AddMonths(1 - months) : null;
    }

    private static async Task<Result<WhatIfDraft>> ReadAsync(TenantDb db, Tenant tenant, DraftWish asked, int i, TariffEntry? entry, IReadOnlyList<WhatIfMove> moves, CancellationToken cancellationToken)
    {
        if (new FieldChecks().Text($"drafts[{i}].tariff", "The tariff's code", asked.Tariff, 40, isRequired: true).Failures is [var wrong, ..]) return wrong;
        if (new[] { asked.Document is not null, asked.Percent is not null, asked.Version is not null }.Count(given => given) != 1)
            return At(i, "document", "what-if.bad-draft", $"Say one thing of tariff '{asked.Tariff}': a draft, a percentage, or a version.");
        if (entry is null && (asked.Document is null || !moves.Any(move => move.Tariff == asked.Tariff)))
            return At(i, "tariff", "what-if.no-such-tariff", $"There is no published tariff with the code '{asked.Tariff}'. A draft of a new one prices nothing until somebody is moved to it.");

        if (asked.Document is { } document)
        {
            var reading = await TariffBook.ReadAsync(db, document, cancellationToken);
            return reading.IsAccepted && TariffInheritance.BaseOf(document) is null ? Accept(document, reading, null) : Accept(null, reading, null);
        }
        var version = asked.Version ?? entry!.Latest;
        if (await TariffBook.FindDocumentAsync(db, entry!.Id, version, cancellationToken) is not { } published)
            return At(i, "version", "what-if.no-such-version", string.Create(CultureInfo.InvariantCulture, $"Tariff '{asked.Tariff}' has no version {version}; the latest is {entry.Latest}."));
        if (asked.Percent is not { } percent) return Accept(published, TariffReader.Read(published), version);
        if (percent is <= TariffRaise.Lowest or > TariffRaise.Highest)
            return At(i, "percent", "what-if.bad-percent", $"Prices can be lower by less than 100 % and higher by at most {TariffRaise.Highest:0} %.");
        return Accept(null, TariffRaise.By(TariffReader.Read(published).TariffOrThrow(), percent), version);

        Result<WhatIfDraft> Accept(string? text, TariffReading reading, int? from)
        {
            if (!reading.IsAccepted) return At(i, "document", reading.Errors[0].Code, $"{asked.Tariff}, {reading.Errors[0].Place}: {reading.Errors[0].Message}");
            if (reading.Tariff.Currency != tenant.Currency)
                return At(i, "document", "what-if.currency", $"The draft of '{asked.Tariff}' is in {reading.Tariff.Currency}, and what it would be compared with is in {tenant.Currency}. Nothing is converted silently.");
            return new WhatIfDraft(asked.Tariff, text ?? TariffWriter.Write(reading.Tariff), asked.Percent, from);
        }
    }

    private static Failure At(int draft, string member, string code, string message) => Failed($"drafts[{draft}].{member}", code, message);

    private static Failure Failed(string field, string code, string message) => new(code, message) { Field = field };
}
