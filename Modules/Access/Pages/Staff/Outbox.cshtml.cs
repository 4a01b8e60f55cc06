using Billing.Delivery.Outbox;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Access.Pages.Staff;

/// <summary>What waits to be sent. Links in it open doors, so it is for those who could make such links anyway, and reading one is noted.</summary>
[Demands(Permission.ManagePeople)]
internal sealed class OutboxModel(CurrentTenant current) : PageModel
{
    private const int Shown = 200;

    public IReadOnlyList<OutboxMessage> List { get; private set; } = [];

    public OutboxMessage? Message { get; private set; }

    public Tenant Tenant => current.Tenant;

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (id is null) List = await MessageBox.ListAsync(db, Shown, cancellationToken);
        else if (await MessageBox.FindAsync(db, id.Value, current.May(Permission.ManagePeople), cancellationToken) is { } message)
        {
            Message = message;
            if (message.IsSecret)
            {
                db.Note(new Deed("outbox.read", "message", new { message_id = message.Id }, new { message.Recipient }));
                await db.CommitAsync(cancellationToken);
            }
        }
        else return NotFound();
        return Page();
    }
}
