using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Tenancy.Data;

namespace Billing.Portal.Grants;

/// <summary>Who may see what in the portal, as staff keep it. Every change notes itself in the audit trail.</summary>
public static class GrantBook
{
    /// <summary>Most numbers named one by one for a person.</summary>
    public const int MostNumbers = 500;

    /// <summary>The grants of an account.</summary>
    public static async Task<IReadOnlyList<PortalGrant>> OfAccountAsync(TenantDb db, AccountId account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var numbers = (await db.QueryAsync(
            $"select person_id, service_id, number from portal.number_access where account_id = {account.Value} order by service_id, number",
            row => (Person: row.Long(0), Grant: new NumberGrant(new ServiceId(row.Long(1)), row.Long(2))), cancellationToken)).ToLookup(n => n.Person, n => n.Grant);
        return await db.QueryAsync($"select person_id, contact_id, role, sees_all_numbers, version from portal.access where account_id = {account.Value} order by person_id",
            row => new PortalGrant(row.Long(0), account, row.Maybe<long?>(1), row.Text(2), row.Bool(3), [.. numbers[row.Long(0)]], row.Int(4)), cancellationToken);
    }

    /// <summary>Lets a person see an account.</summary>
    /// <returns><c>portal.granted</c> where they see it already, <c>portal.no-such</c> where the person, the contact or a number is none of this account, or what is wrong with the choice.</returns>
    public static async Task<Result<PortalGrant>> GrantAsync(TenantDb db, PortalGrant grant, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(grant);
        if (Check(grant) is { } wrong) return wrong;
        var refusal = await db.TryAsync(async () =>
        {
            await db.ExecuteAsync($"""
                insert into portal.access (person_id, account_id, contact_id, role, sees_all_numbers, granted_at)
                values ({grant.PersonId}, {grant.Account.Value}, {grant.ContactId}, {grant.Role}, {grant.SeesAllNumbers}, {now.UtcDateTime})
                """, cancellationToken);
            await NameNumbersAsync(db, grant, cancellationToken);
        }, cancellationToken);
        return refusal is null ? grant with { Version = 1 } : Refuse(refusal);
    }

    /// <summary>Changes what a person sees of an account. It holds from their next request on.</summary>
    /// <returns>The new version, <c>records.changed-meanwhile</c> where somebody was quicker, or as for granting.</returns>
    public static async Task<Result<int>> ChangeAsync(TenantDb db, PortalGrant grant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(grant);
        if (Check(grant) is { } wrong) return wrong;
        var rows = 0;
        var refusal = await db.TryAsync(async () =>
        {
            rows = await db.ExecuteAsync($"""
                update portal.access set role = {grant.Role}, sees_all_numbers = {grant.SeesAllNumbers}, contact_id = {grant.ContactId}, version = version + 1
                where person_id = {grant.PersonId} and account_id = {grant.Account.Value} and version = {grant.Version}
                """, cancellationToken);
            if (rows == 0) return;
            await db.ExecuteAsync($"""
                delete from portal.number_access n where n.person_id = {grant.PersonId} and n.account_id = {grant.Account.Value}
                  and ({grant.SeesAllNumbers} or not exists (select from unnest({Services(grant)}, {Numbers(grant)}) as k(service_id, number) where k.service_id = n.service_id and k.number = n.number))
                """, cancellationToken);
            await NameNumbersAsync(db, grant, cancellationToken);
        }, cancellationToken);
        if (refusal is not null) return Refuse(refusal);
        return rows == 1 ? grant.Version + 1 : Stale;
    }

    /// <summary>Takes an account out of a person's sight. Their sign-in stays; without any account it shows nothing.</summary>
    public static async Task<Result<int>> WithdrawAsync(TenantDb db, long personId, AccountId account, int version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"delete from portal.access where person_id = {personId} and account_id = {account.Value} and version = {version}", cancellationToken) == 1 ? version : Stale;
    }

    private static Failure Stale { get; } = new("records.changed-meanwhile", "Somebody else changed this access after you opened it. Nothing was saved: look at what is there now, then make your change again.");

    private static Failure? Check(PortalGrant grant)
    {
        if (!PortalRole.All.Contains(grant.Role)) return new Failure("portal.bad-role", $"'{grant.Role}' is none of: {string.Join(", ", PortalRole.All)}.") { Field = "role" };
        if (grant is { Role: PortalRole.OwnNumbers, SeesAllNumbers: true })
            return new Failure("portal.all-are-not-own", "Whoever sees only their own numbers can't see every number. Choose numbers, or another role.") { Field = "numbers" };
        if (grant is { Role: PortalRole.OwnNumbers, Numbers.Count: 0 }) return new Failure("portal.no-numbers", "Choose at least one service or number: without any, they would see nothing.") { Field = "numbers" };
        if (grant.Numbers.Count > MostNumbers) return new Failure("portal.too-many-numbers", $"These are {grant.Numbers.Count} numbers; choose whole services, or at most {MostNumbers} numbers.") { Field = "numbers" };
        return null;
    }

    private static Task NameNumbersAsync(TenantDb db, PortalGrant grant, CancellationToken cancellationToken) => grant.SeesAllNumbers
        ? Task.CompletedTask
        : db.ExecuteAsync($"""
            insert into portal.number_access (person_id, account_id, service_id, number)
            select {grant.PersonId}, {grant.Account.Value}, k.service_id, k.number from unnest({Services(grant)}, {Numbers(grant)}) as k(service_id, number)
            on conflict do nothing
            """, cancellationToken);

    private static long[] Services(PortalGrant grant) => [.. grant.Numbers.Select(n => n.Service.Value)];

    private static long[] Numbers(PortalGrant grant) => [.. grant.Numbers.Select(n => n.Number)];

    private static Failure Refuse(Refusal refusal) => refusal.Kind == RefusalKind.Taken
        ? new Failure("portal.granted", "This person sees the account already. Change what they see instead.") { Field = "person" }
        : new Failure("portal.no-such", "The person, the contact or one of the numbers is not of this account. Open the page again.") { Field = "numbers" };
}
