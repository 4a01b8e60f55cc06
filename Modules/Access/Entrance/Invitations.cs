using Billing.Delivery.Outbox;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;

namespace Billing.Access.Entrance;

/// <summary>Writes the messages that carry a one-time link, and puts them into the outbox.</summary>
public sealed class Invitations(CurrentTenant current, TimeProvider clock, IHttpContextAccessor accessor)
{
    /// <summary>Makes a link for a person of the current tenant and the message that brings it. A customer's leads to the portal, whoever invites them.</summary>
    public async Task SendAsync(TenantDb db, Person person, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var key = await OneTimeLinks.MakeAsync(db, person.Id, purpose, now, cancellationToken);
        await PutAsync(db, person.Email, person.Name, person.Kind == PersonKind.Customer, purpose, key, now, cancellationToken);
    }

    /// <summary>What a message to nobody costs: the same statements, undone by whoever began the transaction.</summary>
    public Task PretendAsync(TenantDb db, string email, CancellationToken cancellationToken) =>
        PutAsync(db, email, "", current.IsPortal, LinkPurpose.Reset, RandomKey.Make(), clock.GetUtcNow(), cancellationToken);

    private async Task PutAsync(TenantDb db, string email, string name, bool isPortal, LinkPurpose purpose, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var house = current.Tenant.Name;
        var address = await AddressAsync(db, isPortal, cancellationToken) + "/set-password" + QueryString.Create("key", key);
        var (subject, what) = purpose == LinkPurpose.Invitation
            ? ($"Your sign-in for {house}", $"you can sign in at {house} from now on. Set your password here:")
            : ($"Set a new password for {house}", $"somebody, probably you, asked for a new password at {house}. Set it here:");
        var body = $"Hello {name},\n\n{what}\n\n{address}\n\nThe link is good once, until {now + OneTimeLinks.LifetimeOf(purpose):yyyy-MM-dd HH:mm} UTC. If you did not expect this, do nothing.\n";
        await MessageBox.PutAsync(db, email, subject, body, isSecret: true, now, cancellationToken);
    }

    // The name the tenant has registered, or the one that was asked for, which is known to be ours: the host name is checked before anything else.
    private async Task<string> AddressAsync(TenantDb db, bool isPortal, CancellationToken cancellationToken)
    {
        var request = accessor.HttpContext!.Request;
        var registered = (await HostNames.ListAsync(db, cancellationToken)).FirstOrDefault(host => host.IsPortal == isPortal);
        if (registered is null || registered.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)) return $"{request.Scheme}://{request.Host}{request.PathBase}";
        return $"{request.Scheme}://{registered.Host}{(request.Host.Port is { } port ? $":{port}" : "")}";
    }
}
