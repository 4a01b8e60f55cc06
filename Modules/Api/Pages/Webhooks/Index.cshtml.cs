using Billing.Api.Webhooks;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Api.Pages.Webhooks;

/// <summary>A tenant's webhooks, and adding one.</summary>
[Demands(Permission.ManageWebhooks)]
internal sealed class IndexModel(CurrentTenant current, WebhookSettings settings) : PageModel
{
    [BindProperty]
    public WebhookInput Input { get; set; } = new();

    public IReadOnlyList<Webhook> Webhooks { get; private set; } = [];

    /// <summary>The secret of the webhook that was just made, shown this once.</summary>
    public string? Secret { get; private set; }

    public IEnumerable<string> Offered => EventKind.All.Where(kind => current.May(EventKind.PermissionFor(kind)));

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await using (var db = await current.BeginAsync(cancellationToken))
        {
            if ((await WebhookBook.AddAsync(db, Input.Url ?? "", Input.Events, current.Permissions, settings, cancellationToken)).TryGet(out var made, out var failure))
            {
                await db.CommitAsync(cancellationToken);
                (Secret, Input) = (made.Secret, new WebhookInput());
                ModelState.Clear();
            }
            else
            {
                ModelState.Refuse(failure, Input);
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            }
        }
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Webhooks = await WebhookBook.ListAsync(db, cancellationToken);
    }

    internal sealed class WebhookInput
    {
        public string? Url { get; set; }

        public string[] Events { get; set; } = [];
    }
}
