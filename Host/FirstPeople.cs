using Billing.Abstractions.Values;
using Billing.Host.Web;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Host;

/// <summary>
/// The first way in. Whoever can start the program on the installation's data may name the first operator; nobody else can, and there is no
/// password that comes with it.
/// </summary>
internal sealed class FirstPeople(Database database, TimeProvider clock)
{
    private const string OperatorEmail = "operator@localhost";

    /// <summary>Adds a person, or finds one who has not set a password yet, and makes their link.</summary>
    /// <returns>The link, or why there is none: <c>people.taken</c> for somebody who can sign in already.</returns>
    public async Task<Result<Uri>> InviteAsync(Tenant tenant, string email, string name, string role, Uri address, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant.Id, cancellationToken);
        var known = EmailAddress.TryRead(email, out var read) ? await People.FindAsync(db, PersonKind.Staff, read, cancellationToken) : null;
        var added = known is { HasPassword: false, IsEnabled: true } && known.Role == role ? known.Id : await People.AddAsync(db, PersonKind.Staff, email, name, role, null, clock.GetUtcNow(), cancellationToken);
        if (!added.TryGet(out var id, out var failure)) return failure;
        var key = await OneTimeLinks.MakeAsync(db, id, LinkPurpose.Invitation, clock.GetUtcNow(), cancellationToken);
        await db.CommitAsync(cancellationToken);
        var place = tenant.Id == TenantId.Installation ? TenantAddress.Operator : $"{TenantAddress.Prefix}/{tenant.Slug}";
        return new Uri(address, $"{place}/set-password?key={key}");
    }

    /// <summary>Says how to sign in for the first time, where nobody could yet: as the operator, and as the admin of the tenant that was just made.</summary>
    /// <param name="tenant">The demo's tenant; null to speak of the operator only.</param>
    /// <param name="address">Where the app listens.</param>
    /// <param name="say">Where to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SayAsync(string? tenant, Uri address, TextWriter say, CancellationToken cancellationToken)
    {
        var directory = new TenantDirectory(database);
        if (tenant is not null && await directory.FindAsync(tenant, cancellationToken) is { } house)
        {
            var email = $"admin@{house.Slug}.example";
            if (await InviteFirstAsync(house, email, "Demo Admin", Role.Admin, address, cancellationToken) is { } link)
                await say.WriteLineAsync($"Sign in to {house.Name} as {email}; set a password first (once, within 24 hours):\n  {link}");
            else await say.WriteLineAsync($"Sign in to {house.Name} with the address and the password you have set, for example {email}.");
        }
        if (await InviteFirstAsync(await directory.GetAsync(TenantId.Installation, cancellationToken), OperatorEmail, "Operator", Role.Operator, address, cancellationToken) is { } way)
            await say.WriteLineAsync($"There is no operator yet. Become {OperatorEmail} (once, within 24 hours):\n  {way}");
    }

    // Nobody is invited where somebody can sign in already.
    private async Task<Uri?> InviteFirstAsync(Tenant tenant, string email, string name, string role, Uri address, CancellationToken cancellationToken)
    {
        await using (var db = await database.BeginAsync(tenant.Id, cancellationToken))
            if ((await People.ListAsync(db, PersonKind.Staff, cancellationToken)).Any(person => person.HasPassword)) return null;
        return (await InviteAsync(tenant, email, name, role, address, cancellationToken)).TryGet(out var link, out _) ? link : null;
    }
}
