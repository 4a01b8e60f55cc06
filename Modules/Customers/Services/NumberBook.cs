using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;

namespace Billing.Customers.Services;

/// <summary>
/// Numbers, ranges and circuits as people keep them: assigned from a day, ended with a day, moved to another service on a day. The database refuses
/// two owners of one number on one day; the refusal says who the other is.
/// </summary>
public static class NumberBook
{
    /// <summary>Code of a number that somebody else has on one of the days.</summary>
    public const string Held = "records.number-held";

    /// <summary>The assignments there are or were, of one account or of all.</summary>
    public static async Task<IReadOnlyList<StoredAssignment>> LoadAsync(TenantDb db, AccountId? account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select a.assignment_id, s.account_id, a.service_id, a.circuit, coalesce(lower(a.numbers), 0), coalesce(upper(a.numbers) - 1, 0), lower(a.valid), upper(a.valid), a.version
            from customers.assignment a join customers.service s using (tenant_id, service_id)
            where {account?.Value}::bigint is null or s.account_id = {account?.Value}::bigint
            order by upper(a.valid) desc nulls first, a.circuit nulls last, lower(a.numbers), lower(a.valid)
            """, Read, cancellationToken);
    }

    /// <summary>Assigns numbers or a circuit to a service.</summary>
    /// <returns>The assignment's id; <see cref="Held"/> with who holds it since when.</returns>
    public static async Task<Result<long>> AssignAsync(TenantDb db, ServiceId service, NumberBlock block, DateInterval valid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(block);
        if (valid.IsEmpty) return Dates("It ends before its first day is over.", "to");
        if (await WhatIsOutsideAsync(db, service, valid, cancellationToken) is { } outside) return outside;
        var id = 0L;
        var refusal = await db.TryAsync(async () => id = await InsertAsync(db, service, block, valid, cancellationToken), cancellationToken);
        return refusal is null ? id : await RefuseAsync(db, block, valid, 0, cancellationToken);
    }

    /// <summary>Ends an assignment with a day, moves its end, or takes the end away.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="account">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="lastDay">The last day that belongs to it; null for no end.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The new version, or why not.</returns>
    public static async Task<Result<int>> EndAsync(TenantDb db, AccountId account, long id, int version, DateOnly? lastDay, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await FindAsync(db, account, id, version, cancellationToken) is not { } found) return await StaleAsync(db, id, cancellationToken);
        var end = lastDay?.AddDays(1);
        if (end <= found.Valid.From) return Dates($"It began on {Day(found.Valid.From)}; its last day can't be before that.", "lastDay");
        var valid = new DateInterval(found.Valid.From, end);
        if (await WhatIsOutsideAsync(db, found.Service, valid, cancellationToken) is { } outside) return outside;
        var refusal = await db.TryAsync(() => db.ExecuteAsync(
            $"update customers.assignment set valid = daterange({valid.From}, {valid.To}), version = version + 1 where assignment_id = {id}", cancellationToken), cancellationToken);
        return refusal is null ? version + 1 : await RefuseAsync(db, found.Block, valid, id, cancellationToken);
    }

    /// <summary>
    /// Moves numbers to another service from a day on, in one step: no day without an owner, none with two. A part of a range moves by itself; the
    /// rest stays, and what was before that day keeps its owner.
    /// </summary>
    /// <param name="db">The tenant.</param>
    /// <param name="account">Who holds it now.</param>
    /// <param name="id">Which assignment.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="to">The service that gets it; of the same account or another.</param>
    /// <param name="on">First day with the new service.</param>
    /// <param name="part">What moves, within the assignment; null for all of it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The new assignment's id, or why not. On a failure the transaction must not be committed.</returns>
    public static async Task<Result<long>> TransferAsync(
        TenantDb db, AccountId account, long id, int version, ServiceId to, DateOnly on, NumberBlock? part = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await FindAsync(db, account, id, version, cancellationToken) is not { } found) return await StaleAsync(db, id, cancellationToken);
        var (block, valid) = (found.Block, found.Valid);
        var moved = part ?? block;
        if (to == found.Service) return new Failure("records.same-service", "The service has it already. Choose another one.") { Field = "to" };
        if (on < valid.From || on >= valid.To)
            return Dates($"{block} belongs to the service from {Day(valid.From)}{(valid.To is { } end ? $" up to and including {Day(end.AddDays(-1))}" : "")}. Choose a day within that.", "on");
        if (moved.Circuit != block.Circuit || moved.First < block.First || moved.Last > block.Last)
            return new Failure("number.bad-range", $"{moved} is not within {block}.") { Field = "first" };
        var rest = new DateInterval(on, valid.To);
        if (await WhatIsOutsideAsync(db, to, rest, cancellationToken) is { } outside) return outside;

        if (on == valid.From) await db.ExecuteAsync($"delete from customers.assignment where assignment_id = {id}", cancellationToken);
        else await db.ExecuteAsync($"update customers.assignment set valid = daterange({valid.From}, {on}), version = version + 1 where assignment_id = {id}", cancellationToken);

        var made = 0L;
        var refusal = await db.TryAsync(async () =>
        {
            if (moved.First > block.First) await InsertAsync(db, found.Service, NumberBlock.Stored(null, block.First, moved.First - 1), rest, cancellationToken);
            if (moved.Last < block.Last) await InsertAsync(db, found.Service, NumberBlock.Stored(null, moved.Last + 1, block.Last), rest, cancellationToken);
            made = await InsertAsync(db, to, moved, rest, cancellationToken);
        }, cancellationToken);
        // The pieces of a split range lie where the range lay; only a single number cut out of it can meet another single number there.
        return refusal is null ? made : await RefuseAsync(db, moved, rest, id, cancellationToken);
    }

    /// <summary>Removes an assignment that was a mistake, as if it had never been. Calls that were matched by it keep their owner until they are rated again.</summary>
    /// <returns>The version removed, or why not.</returns>
    public static async Task<Result<int>> RemoveAsync(TenantDb db, AccountId account, long id, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await FindAsync(db, account, id, version, cancellationToken) is null) return await StaleAsync(db, id, cancellationToken);
        await db.ExecuteAsync($"delete from customers.assignment where assignment_id = {id}", cancellationToken);
        return version;
    }

    private static Task<long> InsertAsync(TenantDb db, ServiceId service, NumberBlock block, DateInterval valid, CancellationToken cancellationToken) => block.Circuit is null
        ? db.ScalarAsync<long>($"""
            insert into customers.assignment (service_id, numbers, valid)
            values ({service.Value}, int8range({(long)block.First}, {(long)block.Last}, '[]'), daterange({valid.From}, {valid.To})) returning assignment_id
            """, cancellationToken)
        : db.ScalarAsync<long>($"""
            insert into customers.assignment (service_id, circuit, valid) values ({service.Value}, {block.Circuit}, daterange({valid.From}, {valid.To})) returning assignment_id
            """, cancellationToken);

    private static Task<StoredAssignment?> FindAsync(TenantDb db, AccountId account, long id, int version, CancellationToken cancellationToken) => db.FindAsync($"""
        select a.assignment_id, s.account_id, a.service_id, a.circuit, coalesce(lower(a.numbers), 0), coalesce(upper(a.numbers) - 1, 0), lower(a.valid), upper(a.valid), a.version
        from customers.assignment a join customers.service s using (tenant_id, service_id)
        where a.assignment_id = {id} and s.account_id = {account.Value} and a.version = {version} for update of a
        """, Read, cancellationToken);

    private static StoredAssignment Read(Row row) => new(
        row.Long(0), new AccountId(row.Long(1)), new ServiceId(row.Long(2)), NumberBlock.Stored(row.MaybeText(3), (ulong)row.Long(4), (ulong)row.Long(5)),
        new DateInterval(row.Date(6), row.Maybe<DateOnly?>(7)), row.Int(8));

    // A number outside its account's life would collect calls that nobody is billed for.
    private static async Task<Failure?> WhatIsOutsideAsync(TenantDb db, ServiceId service, DateInterval valid, CancellationToken cancellationToken)
    {
        var account = await db.FindAsync($"""
            select a.number, a.ended_on from customers.service s join customers.account a using (tenant_id, account_id) where s.service_id = {service.Value}
            """, row => (Number: row.Text(0), EndedOn: row.Maybe<DateOnly?>(1)), cancellationToken);
        if (account.Number is null) return new Failure("records.no-service", "There is no such service.") { Field = "service" };
        return account.EndedOn is { } ended && (valid.To is null || valid.To > ended)
            ? Dates($"Account {account.Number} is closed: its last day is {Day(ended.AddDays(-1))}. End it by then, or open the account again.", "from")
            : null;
    }

    private static async Task<Failure> RefuseAsync(TenantDb db, NumberBlock block, DateInterval valid, long but, CancellationToken cancellationToken)
    {
        var isSingle = !block.IsRange;
        var holder = await db.FindAsync($"""
            select c.number, c.name, s.label, lower(a.valid), upper(a.valid), a.circuit, coalesce(lower(a.numbers), 0), coalesce(upper(a.numbers) - 1, 0)
            from customers.assignment a join customers.service s using (tenant_id, service_id) join customers.account c using (tenant_id, account_id)
            where a.assignment_id <> {but} and a.valid && daterange({valid.From}, {valid.To})
              and ((a.circuit is not null and a.circuit = {block.Circuit}::text)
                   or ({block.Circuit}::text is null and a.numbers && int8range({(long)block.First}, {(long)block.Last}, '[]') and (upper(a.numbers) - lower(a.numbers) = 1) = {isSingle}))
            order by lower(a.valid) limit 1
            """, row => $"{NumberBlock.Stored(row.MaybeText(5), (ulong)row.Long(6), (ulong)row.Long(7))} belongs to {row.Text(0)} {row.Text(1)}, service {row.Text(2)}, since {Day(row.Date(3))}"
                + (row.Maybe<DateOnly?>(4) is { } to ? $", up to and including {Day(to.AddDays(-1))}" : ""), cancellationToken);
        return new Failure(Held, holder is null
            ? $"{block} was given to another service in this moment. Look who has it, and try again."
            : $"{holder}. A number has one owner a day: transfer it from there, end it there first, or choose other days.") { Field = block.Circuit is null ? "first" : "circuit" };
    }

    private static Failure Dates(string message, string field) => new("records.bad-dates", message) { Field = field };

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static Task<Failure> StaleAsync(TenantDb db, long id, CancellationToken cancellationToken) =>
        LastChange.RefuseAsync(db, "customers.assignment", "assignment_id", id, "This number", cancellationToken);
}
