using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Rating.Allowances;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Records;

namespace Billing.Catalog.Allowances;

/// <summary>The allowances of the price list, and which products include them.</summary>
public static class AllowanceBook
{
    private const int MostNames = 200;

    /// <summary>All allowances, by code; those retired too.</summary>
    public static async Task<IReadOnlyList<StoredAllowance>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select allowance_id, code, name, seconds, messages, bytes, calls, money, kinds, destinations, except_destinations, pool, crossing, counts_actual, charges_setup, longest_seconds,
                   first_period, retired_on, version
            from catalog.allowance a order by code
            """,
            row => new StoredAllowance(new AllowanceId(row.Long(0)), row.Text(1), Read(row), row.Maybe<DateOnly?>(17), row.Int(18)), cancellationToken);
    }

    private static Allowance Read(Row row) => new(row.Text(2), LimitsOf(row.Maybe<long?>(3), row.Maybe<long?>(4), row.Maybe<long?>(5), row.Maybe<long?>(6), row.Maybe<decimal?>(7)),
        new Coverage([.. row.Get<string[]>(8).Select(AllowanceWords.KindOf)], row.Get<string[]>(9), row.Get<string[]>(10)),
        AllowanceWords.PoolOf(row.Text(11))!.Value, AllowanceWords.CrossingOf(row.Text(12))!.Value, row.Bool(13), row.Bool(14), row.Maybe<int?>(15),
        row.Text(16) == "full" ? PartPeriod.Full : PartPeriod.Prorated);

    /// <summary>Limits of those measures that have a size.</summary>
    public static IReadOnlyList<AllowanceLimit> LimitsOf(decimal? seconds, decimal? messages, decimal? bytes, decimal? calls, decimal? money) =>
    [
        .. new (AllowanceMeasure Measure, decimal? Size)[]
        {
            (AllowanceMeasure.Seconds, seconds), (AllowanceMeasure.Messages, messages), (AllowanceMeasure.Bytes, bytes), (AllowanceMeasure.Calls, calls), (AllowanceMeasure.Money, money),
        }.Where(limit => limit.Size is not null).Select(limit => new AllowanceLimit(limit.Measure, limit.Size!.Value)),
    ];

    /// <summary>Everything that is wrong with an allowance by itself, each with its field.</summary>
    public static IReadOnlyList<Failure> Check(string code, Allowance allowance)
    {
        ArgumentNullException.ThrowIfNull(allowance);
        var checks = new FieldChecks()
            .Text("code", "The code", code, 40, isRequired: true)
            .That(code == code?.Trim(), "records.bad-text", "code", "The code has a space before or after it.")
            .Text("name", "The name", allowance.Name, 200, isRequired: true)
            .That(allowance.Limits.Count > 0, "allowance.no-limit", "minutes", "It holds nothing. Say how many minutes, messages, megabytes, calls, or how much money.")
            .That(allowance.LongestSeconds is null or (> 0 and <= 86_400), "allowance.bad-longest", "longestMinutes", "The longest inclusive call is one second to a day.")
            .That(allowance.LongestSeconds is null || allowance.Limits.Any(l => l.Measure is AllowanceMeasure.Seconds or AllowanceMeasure.Calls or AllowanceMeasure.Money), "allowance.bad-longest", "longestMinutes",
                "Only calls have a length: an allowance of messages or data has no longest call.");
        foreach (var limit in allowance.Limits)
        {
            var field = limit.Measure switch { AllowanceMeasure.Seconds => "minutes", AllowanceMeasure.Messages => "messages", AllowanceMeasure.Bytes => "megabytes", AllowanceMeasure.Calls => "calls", _ => "money" };
            checks.That(limit.Size > 0 && limit.Size < 1_000_000_000_000_000m, "allowance.bad-size", field, "The size must be more than zero.")
                .That(limit.Measure == AllowanceMeasure.Money ? decimal.Round(limit.Size, 6, MidpointRounding.AwayFromZero) == limit.Size : decimal.Truncate(limit.Size) == limit.Size, "allowance.bad-size", field,
                    "The size has a part of a second, message, byte, call or millionth in it.");
        }
        return Check(checks, allowance.Covers).Failures;
    }

    /// <summary>What is wrong with what is covered.</summary>
    public static FieldChecks Check(FieldChecks checks, Coverage covers)
    {
        ArgumentNullException.ThrowIfNull(checks);
        ArgumentNullException.ThrowIfNull(covers);
        foreach (var (field, names) in new[] { ("destinations", covers.Destinations), ("except", covers.Except) })
        {
            checks.That(names.Count <= MostNames, "allowance.too-many", field, $"At most {MostNames} destinations; a name with a star at its end stands for many.");
            foreach (var name in names) checks.Text(field, "A destination", name, 200, isRequired: true);
        }
        return checks;
    }

    /// <summary>Adds an allowance.</summary>
    /// <returns>Its id; <c>records.taken</c> when the code is in use.</returns>
    public static async Task<Result<AllowanceId>> AddAsync(TenantDb db, string code, Allowance allowance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(allowance);
        if (Check(code, allowance) is [var wrong, ..]) return wrong;
        var (covers, id) = (allowance.Covers, 0L);
        var refusal = await db.TryAsync(async () => id = await db.ScalarAsync<long>($"""
            insert into catalog.allowance (code, name, seconds, messages, bytes, calls, money, kinds, destinations, except_destinations, pool, crossing, counts_actual, charges_setup, longest_seconds, first_period)
            values ({code}, {allowance.Name}, {Size(allowance, AllowanceMeasure.Seconds)}, {Size(allowance, AllowanceMeasure.Messages)}, {Size(allowance, AllowanceMeasure.Bytes)},
                    {Size(allowance, AllowanceMeasure.Calls)}, {Size(allowance, AllowanceMeasure.Money)}, {covers.Kinds.Select(AllowanceWords.Of).ToArray()}, {covers.Destinations.ToArray()}, {covers.Except.ToArray()},
                    {AllowanceWords.Of(allowance.Pool)}, {AllowanceWords.Of(allowance.Crossing)}, {allowance.CountsActual}, {allowance.ChargesSetup}, {allowance.LongestSeconds},
                    {(allowance.FirstPeriod == PartPeriod.Full ? "full" : "prorated")})
            returning allowance_id
            """, cancellationToken), cancellationToken);
        return refusal is null ? new AllowanceId(id) : new Failure("records.taken", $"The code {code} is in use. Codes are unique: choose another.") { Field = "code" };
    }

    /// <summary>Takes an allowance off the price list from a day on, or with null puts it back. Who has it keeps it.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> RetireAsync(TenantDb db, AllowanceId id, int version, DateOnly? from, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.ExecuteAsync($"update catalog.allowance set retired_on = {from}, version = version + 1 where allowance_id = {id.Value} and version = {version}", cancellationToken);
        return rows == 1 ? version + 1 : await LastChange.RefuseAsync(db, "catalog.allowance", "allowance_id", id.Value, "This allowance", cancellationToken);
    }

    /// <summary>Removes an allowance that nobody ever had.</summary>
    /// <returns>The version removed; <c>records.in-use</c> otherwise.</returns>
    public static async Task<Result<int>> RemoveAsync(TenantDb db, AllowanceId id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = 0;
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"delete from catalog.allowance where allowance_id = {id.Value} and version = {version}", cancellationToken), cancellationToken);
        if (refusal is not null) return new Failure("records.in-use", "A product includes it, or somebody has it. Take it off the price list instead.");
        return rows == 1 ? version : await LastChange.RefuseAsync(db, "catalog.allowance", "allowance_id", id.Value, "This allowance", cancellationToken);
    }

    /// <summary>What products include, now and before.</summary>
    public static async Task<IReadOnlyList<IncludedAllowance>> IncludedAsync(TenantDb db, ProductId? product, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select product_allowance_id, product_id, allowance_id, lower(valid), upper(valid), version from catalog.product_allowance
            where {product?.Value}::bigint is null or product_id = {product?.Value}::bigint order by lower(valid), product_allowance_id
            """,
            row => new IncludedAllowance(row.Long(0), new ProductId(row.Long(1)), new AllowanceId(row.Long(2)), new DateInterval(row.Date(3), row.Maybe<DateOnly?>(4)), row.Int(5)), cancellationToken);
    }

    /// <summary>Includes an allowance in a recurring product from a day on, for everybody who has it.</summary>
    /// <returns>The id, or why not.</returns>
    public static async Task<Result<long>> IncludeAsync(TenantDb db, ProductId product, AllowanceId allowance, DateOnly from, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!await db.ScalarAsync<bool>($"select exists (select from catalog.product where product_id = {product.Value} and kind = 'recurring')", cancellationToken))
            return new Failure("allowance.not-recurring", "Only a product that is charged again and again can include an allowance.") { Field = "product" };
        if (!await db.ScalarAsync<bool>($"select exists (select from catalog.allowance where allowance_id = {allowance.Value} and retired_on is null)", cancellationToken))
            return new Failure("allowance.not-found", "There is no such allowance on the price list.") { Field = "allowance" };
        var id = 0L;
        var refusal = await db.TryAsync(async () => id = await db.ScalarAsync<long>(
            $"insert into catalog.product_allowance (product_id, allowance_id, valid) values ({product.Value}, {allowance.Value}, daterange({from}, null)) returning product_allowance_id", cancellationToken), cancellationToken);
        return refusal is null ? id : new Failure("records.taken", "The product includes this allowance already on that day or later.") { Field = "allowance" };
    }

    /// <summary>Ends what a product includes; nobody has it after that day.</summary>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> EndAsync(TenantDb db, long includedId, int version, DateOnly lastDay, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var from = await db.FindAsync<DateOnly?>($"select lower(valid) from catalog.product_allowance where product_allowance_id = {includedId}", row => row.Date(0), cancellationToken);
        if (lastDay < from) return new Failure("records.bad-dates", "The last day is before the first one.") { Field = "lastDay" };
        var rows = await db.ExecuteAsync($"""
            update catalog.product_allowance set valid = daterange(lower(valid), {lastDay.AddDays(1)}), version = version + 1 where product_allowance_id = {includedId} and version = {version}
            """, cancellationToken);
        return rows == 1 ? version + 1 : await LastChange.RefuseAsync(db, "catalog.product_allowance", "product_allowance_id", includedId, "This inclusion", cancellationToken);
    }

    private static decimal? Size(Allowance allowance, AllowanceMeasure measure) => allowance.Limits.FirstOrDefault(limit => limit.Measure == measure)?.Size;
}
