using Billing.Api.Keys;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Api.Pages.Keys;

/// <summary>One key, without its secret, and withdrawing it.</summary>
[Demands(Permission.ManageApi)]
internal sealed class KeyModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    public ApiKey Key { get; private set; } = null!;

    public string State => Key.StateAt(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if ((await ApiKeyBook.ListAsync(db, cancellationToken)).FirstOrDefault(key => key.Id == id) is not { } key) return NotFound();
        Key = key;
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if ((await ApiKeyBook.ListAsync(db, cancellationToken)).FirstOrDefault(key => key.Id == id) is not { } key) return NotFound();
        if (await ApiKeyBook.WithdrawAsync(db, id, clock.GetUtcNow(), cancellationToken)) await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"The key “{key.Label}” opens nothing any more.");
        return Redirect(Url.Content("~/api-keys"));
    }
}
