using Billing.Api.Webhooks;
using Billing.Screens;
using Billing.Screens.Notices;
using Billing.Screens.Parts;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Api.Pages.Webhooks;

/// <summary>One webhook: what was sent to it and how it went, and what can be done with it.</summary>
[Demands(Permission.ManageWebhooks)]
internal sealed class WebhookModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public Webhook Webhook { get; private set; } = null!;

    public IReadOnlyList<WebhookDelivery> Deliveries { get; private set; } = [];

    /// <summary>Where the next page of the list begins; null at its end.</summary>
    public long? Older { get; private set; }

    /// <summary>A secret that was just made, shown this once.</summary>
    public string? Secret { get; private set; }

    /// <summary>Until when the secret before signs too; null when it does not.</summary>
    public DateTimeOffset? Overlap => Webhook.PreviousUntil is { } until && until > clock.GetUtcNow() ? until : null;

    public string StateOf(WebhookDelivery delivery) => delivery.IsDone ? "delivered" : delivery.NextAt is not { } next ? "given up" : delivery.Attempts == 0 ? "waiting" : "again " + Written.Moment(next, current.Tenant);

    public static Tone ToneOf(WebhookDelivery delivery) => delivery.IsDone ? Tone.Good : delivery.NextAt is null ? Tone.Bad : delivery.Attempts == 0 ? Tone.Active : Tone.Warning;

    public async Task<IActionResult> OnGetAsync(long id, long? before, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await LoadAsync(db, id, before, cancellationToken) ? Page() : NotFound();
    }

    public Task<IActionResult> OnPostPingAsync(long id, CancellationToken cancellationToken) =>
        DoAsync(id, db => WebhookBook.PingAsync(db, id, clock.GetUtcNow(), cancellationToken), "A ping is on its way. Load this page again in a moment to see how it went.", cancellationToken);

    public Task<IActionResult> OnPostPauseAsync(long id, CancellationToken cancellationToken) =>
        DoAsync(id, db => WebhookBook.SetActiveAsync(db, id, false, cancellationToken), "The webhook is paused.", cancellationToken);

    public Task<IActionResult> OnPostResumeAsync(long id, CancellationToken cancellationToken) =>
        DoAsync(id, db => WebhookBook.SetActiveAsync(db, id, true, cancellationToken), "The webhook goes on.", cancellationToken);

    public Task<IActionResult> OnPostReplayAsync(long id, long delivery, CancellationToken cancellationToken) =>
        DoAsync(id, async db => await WebhookBook.FindDeliveryAsync(db, delivery, cancellationToken) is { } found && found.WebhookId == id && await WebhookBook.ReplayAsync(db, delivery, clock.GetUtcNow(), cancellationToken),
            "It is sent once more.", cancellationToken);

    public async Task<IActionResult> OnPostRotateAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await WebhookBook.RotateAsync(db, id, clock.GetUtcNow(), cancellationToken) is not { } secret || !await LoadAsync(db, id, null, cancellationToken)) return NotFound();
        await db.CommitAsync(cancellationToken);
        Secret = secret;
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await WebhookBook.FindAsync(db, id, cancellationToken) is not { } webhook || !await WebhookBook.RemoveAsync(db, id, cancellationToken)) return NotFound();
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, $"{webhook.Url} is told nothing any more.");
        return Redirect(Url.Content("~/webhooks"));
    }

    private async Task<IActionResult> DoAsync(long id, Func<TenantDb, Task<bool>> work, string words, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (!await work(db)) return NotFound();
        await db.CommitAsync(cancellationToken);
        Notice.Leave(HttpContext, words);
        return Redirect(Url.Content($"~/webhooks/{id}"));
    }

    private async Task<bool> LoadAsync(TenantDb db, long id, long? before, CancellationToken cancellationToken)
    {
        if (await WebhookBook.FindAsync(db, id, cancellationToken) is not { } webhook) return false;
        Webhook = webhook;
        var deliveries = await WebhookBook.DeliveriesAsync(db, id, before, null, PageSize + 1, cancellationToken);
        Deliveries = [.. deliveries.Take(PageSize)];
        Older = deliveries.Count > PageSize ? Deliveries[^1].Id : null;
        return true;
    }
}
