using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Tenancy.Users;

namespace Billing.Portal.Pages.Portal;

/// <summary>Who we reach at the customer's, and who gets the bill.</summary>
[Demands(Permission.UsePortal)]
internal sealed class ContactsModel(CurrentTenant current) : PortalPage(current)
{
    public IReadOnlyList<MyContact> Contacts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        Contacts = await MyContact.LoadAsync(db, cancellationToken);
    }
}
