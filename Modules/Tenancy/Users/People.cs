using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Tenancy.Users;

/// <summary>A tenant's people. Changes note themselves in the audit trail, in the name of whoever began the transaction.</summary>
public static class People
{
    /// <summary>All of a kind, by name.</summary>
    public static Task<List<Person>> ListAsync(TenantDb db, PersonKind kind, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.QueryAsync($"""
            select p.person_id, p.kind, p.email, p.name, p.role, p.account_id, p.created_at, p.disabled_at, c.password_hash is not null, coalesce(c.has_totp, false),
                   (select max(s.created_at) from tenancy.session s where s.tenant_id = p.tenant_id and s.person_id = p.person_id and s.stage = 'open')
            from tenancy.person p left join tenancy.credential c on c.tenant_id = p.tenant_id and c.person_id = p.person_id
            where p.kind = {Word(kind)} order by lower(p.name), p.person_id
            """, Read, cancellationToken);
    }

    /// <summary>One of them; null when there is none.</summary>
    public static Task<Person?> FindAsync(TenantDb db, PersonId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"""
            select p.person_id, p.kind, p.email, p.name, p.role, p.account_id, p.created_at, p.disabled_at, c.password_hash is not null, coalesce(c.has_totp, false),
                   (select max(s.created_at) from tenancy.session s where s.tenant_id = p.tenant_id and s.person_id = p.person_id and s.stage = 'open')
            from tenancy.person p left join tenancy.credential c on c.tenant_id = p.tenant_id and c.person_id = p.person_id
            where p.person_id = {id.Value}
            """, Read, cancellationToken);
    }

    /// <summary>Who has an email address, whatever its letter case; null when nobody has.</summary>
    public static async Task<Person?> FindAsync(TenantDb db, PersonKind kind, string email, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var id = await db.FindAsync($"select person_id from tenancy.person where kind = {Word(kind)} and email_key = {EmailAddress.Key(email)}", row => (long?)row.Long(0), cancellationToken);
        return id is { } found ? await FindAsync(db, new PersonId(found), cancellationToken) : null;
    }

    /// <summary>Adds a person, who can't sign in before they have set a password by a one-time link.</summary>
    /// <returns>
    /// Their id, or <c>people.bad-email</c>, <c>people.no-name</c>, <c>people.bad-role</c>, <c>people.taken</c>.
    /// </returns>
    public static async Task<Result<PersonId>> AddAsync(TenantDb db, PersonKind kind, string email, string name, string role, long? accountId, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!EmailAddress.TryRead(email, out var address)) return new Failure("people.bad-email", string.IsNullOrWhiteSpace(email) ? "Write the email address, such as ann@example.com." : $"'{email}' is not an email address such as ann@example.com.");
        if (string.IsNullOrWhiteSpace(name)) return new Failure("people.no-name", "A person needs a name.");
        if (!RolesOf(db.Tenant, kind).Contains(role)) return new Failure("people.bad-role", $"There is no role '{role}' here. There are: {string.Join(", ", RolesOf(db.Tenant, kind))}.");
        var id = await db.FindAsync($"""
            insert into tenancy.person (kind, email, email_key, name, role, account_id, created_at)
            values ({Word(kind)}, {address}, {EmailAddress.Key(address)}, {name.Trim()}, {role}, {accountId}, {now.UtcDateTime})
            on conflict (tenant_id, kind, email_key) do nothing returning person_id
            """, row => (long?)row.Long(0), cancellationToken);
        return id is { } made ? new PersonId(made) : new Failure("people.taken", $"Somebody with the address {address} is here already.");
    }

    /// <summary>Gives a person another name.</summary>
    public static async Task<Result<PersonId>> RenameAsync(TenantDb db, PersonId id, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (string.IsNullOrWhiteSpace(name)) return new Failure("people.no-name", "A person needs a name.");
        await db.ExecuteAsync($"update tenancy.person set name = {name.Trim()} where person_id = {id.Value}", cancellationToken);
        return id;
    }

    /// <summary>Gives a person another role. It holds from their next request on, whatever they are signed in to.</summary>
    /// <returns><c>people.unknown</c>, <c>people.bad-role</c>, <c>people.last-admin</c> where nobody could manage people any more.</returns>
    public static async Task<Result<PersonId>> GiveRoleAsync(TenantDb db, PersonId id, string role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.LockAsync("people", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } person) return Unknown;
        if (!RolesOf(db.Tenant, person.Kind).Contains(role)) return new Failure("people.bad-role", $"There is no role '{role}' here. There are: {string.Join(", ", RolesOf(db.Tenant, person.Kind))}.");
        if (!Role.PermissionsOf(role).Contains(Permission.ManagePeople) && await IsLastAsync(db, person, cancellationToken)) return LastAdmin;
        await db.ExecuteAsync($"update tenancy.person set role = {role} where person_id = {id.Value}", cancellationToken);
        return id;
    }

    /// <summary>Keeps a person out and ends their sign-ins. Their name stays in the audit trail.</summary>
    /// <returns><c>people.unknown</c>, or <c>people.last-admin</c> where nobody could manage people any more.</returns>
    public static async Task<Result<PersonId>> DisableAsync(TenantDb db, PersonId id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.LockAsync("people", cancellationToken);
        if (await FindAsync(db, id, cancellationToken) is not { } person) return Unknown;
        if (await IsLastAsync(db, person, cancellationToken)) return LastAdmin;
        await db.ExecuteAsync($"update tenancy.person set disabled_at = {now.UtcDateTime} where person_id = {id.Value} and disabled_at is null", cancellationToken);
        await OneTimeLinks.WithdrawAsync(db, id, now, cancellationToken);
        await Sessions.EndAllAsync(db, id, null, "disabled", now, cancellationToken);
        return id;
    }

    /// <summary>Lets a disabled person in again.</summary>
    public static async Task<Result<PersonId>> EnableAsync(TenantDb db, PersonId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"update tenancy.person set disabled_at = null where person_id = {id.Value}", cancellationToken) == 0 ? Unknown : id;
    }

    /// <summary>Roles that people of a kind can have in a tenant.</summary>
    public static IReadOnlyList<string> RolesOf(TenantId tenant, PersonKind kind) =>
        kind == PersonKind.Customer ? [Role.Customer] : tenant == TenantId.Installation ? [Role.Operator] : Role.OfTenants;

    internal static string Word(PersonKind kind) => kind == PersonKind.Staff ? "staff" : "customer";

    private static Failure Unknown { get; } = new("people.unknown", "There is no such person here.");

    private static Failure LastAdmin { get; } = new("people.last-admin", "Nobody else here can manage people. Give somebody else that role first.");

    // Somebody who was only invited has not been in yet, and may never come.
    private static async Task<bool> IsLastAsync(TenantDb db, Person person, CancellationToken cancellationToken)
    {
        if (person.Kind != PersonKind.Staff || !person.Permissions.Contains(Permission.ManagePeople)) return false;
        return !(await ListAsync(db, PersonKind.Staff, cancellationToken)).Any(p => p.Id != person.Id && p is { IsEnabled: true, HasPassword: true } && p.Permissions.Contains(Permission.ManagePeople));
    }

    private static Person Read(Row row) => new(new PersonId(row.Long(0)), row.Text(1) == "staff" ? PersonKind.Staff : PersonKind.Customer, row.Text(2), row.Text(3), row.Text(4),
        row.Maybe<long?>(5), row.Instant(6), row.IsNull(7) ? null : row.Instant(7))
    {
        HasPassword = row.Bool(8),
        HasSecondFactor = row.Bool(9),
        SignedInAt = row.IsNull(10) ? null : row.Instant(10),
    };
}
