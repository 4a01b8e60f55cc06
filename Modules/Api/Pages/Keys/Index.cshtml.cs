using Billing.Api.Keys;
using Billing.Screens;
using Billing.Screens.Forms;
using Billing.Screens.Parts;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Api.Pages.Keys;

/// <summary>A tenant's API keys, and making one.</summary>
[Demands(Permission.ManageApi)]
internal sealed class IndexModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    [BindProperty]
    public KeyInput Input { get; set; } = new();

    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    /// <summary>The key that was just made, shown this once.</summary>
    public string? Made { get; private set; }

    public IEnumerable<string> Offered => ApiKeyBook.ForKeys.Where(current.May);

    public string StateOf(ApiKey key) => key.StateAt(clock.GetUtcNow());

    public Tone ToneOf(ApiKey key) => StateOf(key) == ApiKey.Good ? Tone.Good : Tone.Quiet;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        // Through the last day, on the tenant's clock.
        var end = Input.ExpiresOn is { } day ? current.Tenant.StartOf(day.AddDays(1)) : (DateTimeOffset?)null;
        if (end <= clock.GetUtcNow()) ModelState.AddModelError("Input.ExpiresOn", "That day is over: the key would open nothing.");
        if (ModelState.IsValid)
        {
            await using var db = await current.BeginAsync(cancellationToken);
            if ((await ApiKeyBook.AddAsync(db, Input.Label ?? "", Input.Scopes, current.Permissions, end, cancellationToken)).TryGet(out var made, out var failure))
            {
                await db.CommitAsync(cancellationToken);
                (Made, Input) = (made, new KeyInput());
                ModelState.Clear();
            }
            else ModelState.Refuse(failure, Input);
        }
        if (Made is null) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Keys = await ApiKeyBook.ListAsync(db, cancellationToken);
    }

    internal sealed class KeyInput
    {
        public string? Label { get; set; }

        public DateOnly? ExpiresOn { get; set; }

        public string[] Scopes { get; set; } = [];
    }
}
