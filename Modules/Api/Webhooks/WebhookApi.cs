using System.Globalization;
using Billing.Abstractions.Values;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Api.Writes;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Api.Webhooks;

/// <summary><c>/api/v1/webhooks</c> and <c>/api/v1/webhook-deliveries</c>.</summary>
static class WebhookApi
{
    static readonly string[] Some = [EventKind.InvoicePosted, EventKind.RunCompleted];

    public static void Map(IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        hooks.MapGet("", ListAsync).As("listWebhooks", "Addresses that are told of events.", Permission.ManageWebhooks, new("/webhooks"));
        hooks.MapGet("/{id:long}", GetAsync).As("getWebhook", "One webhook, without its secret.", Permission.ManageWebhooks, new("/webhooks/1"));
        hooks.MapPost("", AddAsync).As("addWebhook", "Makes a webhook; the answer alone has its secret. Needs the scopes to read what it is told.", Permission.ManageWebhooks,
            new("/webhooks", new { Url = "https://example.com/billing-events", Events = Some })).Once();
        hooks.MapPost("/{id:long}/pause", PauseAsync).As("pauseWebhook", "Pauses a webhook: what happens meanwhile is not told, what waits goes on waiting.", Permission.ManageWebhooks, new("/webhooks/1/pause")).Once();
        hooks.MapPost("/{id:long}/resume", ResumeAsync).As("resumeWebhook", "Lets a paused webhook go on.", Permission.ManageWebhooks, new("/webhooks/1/resume")).Once();
        hooks.MapPost("/{id:long}/ping", PingAsync).As("pingWebhook", "Sends a try to a webhook, whatever it is told of.", Permission.ManageWebhooks, new("/webhooks/1/ping")).Once();
        hooks.MapPost("/{id:long}/rotate-secret", RotateAsync).As("rotateWebhookSecret", "Makes a new secret; for a day events are signed with both.", Permission.ManageWebhooks, new("/webhooks/1/rotate-secret")).Once();
        var deliveries = api.MapGroup("/webhook-deliveries").WithTags("Webhooks");
        deliveries.MapGet("", DeliveriesAsync).As("listWebhookDeliveries", "Events on their way and how each went, the newest first.", Permission.ManageWebhooks, new("/webhook-deliveries?webhook=1&limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        deliveries.MapPost("/{id:long}/replay", ReplayAsync).As("replayWebhookDelivery", "Sends a delivery once more, under the same event id.", Permission.ManageWebhooks, new("/webhook-deliveries/1/replay")).Once();
        hooks.MapDelete("/{id:long}", RemoveAsync).As("removeWebhook", "Removes a webhook with its deliveries.", Permission.ManageWebhooks, new("/webhooks/2")).Once();
    }

    static async Task<Ok<IReadOnlyList<Webhook>>> ListAsync(CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return TypedResults.Ok(await WebhookBook.ListAsync(db, cancellationToken));
    }

    static async Task<Results<Ok<Webhook>, ProblemHttpResult>> GetAsync(long id, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        return await WebhookBook.FindAsync(db, id, cancellationToken) is { } webhook ? TypedResults.Ok(webhook) : Missing(id);
    }

    static async Task<Results<Created<WebhookSecretView>, ProblemHttpResult>> AddAsync(WebhookBody body, ApiWrite write, CurrentTenant current, WebhookSettings settings, CancellationToken cancellationToken) =>
        (await WebhookBook.AddAsync(write.Db, body.Url, body.Events, current.Permissions, settings, cancellationToken)).TryGet(out var made, out var failure)
            ? TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{ApiSetup.Root}/webhooks/{made.Webhook.Id}"), new WebhookSecretView(made.Webhook, made.Secret))
            : Refused(failure);

    static Task<Results<Ok<Webhook>, ProblemHttpResult>> PauseAsync(long id, ApiWrite write, CancellationToken cancellationToken) => SetActiveAsync(id, false, write, cancellationToken);

    static Task<Results<Ok<Webhook>, ProblemHttpResult>> ResumeAsync(long id, ApiWrite write, CancellationToken cancellationToken) => SetActiveAsync(id, true, write, cancellationToken);

    static async Task<Results<Ok<Webhook>, ProblemHttpResult>> SetActiveAsync(long id, bool isActive, ApiWrite write, CancellationToken cancellationToken) =>
        await WebhookBook.SetActiveAsync(write.Db, id, isActive, cancellationToken) ? TypedResults.Ok((await WebhookBook.FindAsync(write.Db, id, cancellationToken))!) : Missing(id);

    static async Task<Results<Accepted, ProblemHttpResult>> PingAsync(long id, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken) =>
        await WebhookBook.PingAsync(write.Db, id, clock.GetUtcNow(), cancellationToken) ? TypedResults.Accepted($"{ApiSetup.Root}/webhook-deliveries") : Missing(id);

    static async Task<Results<Ok<WebhookSecretView>, ProblemHttpResult>> RotateAsync(long id, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken) =>
        await WebhookBook.RotateAsync(write.Db, id, clock.GetUtcNow(), cancellationToken) is { } secret
            ? TypedResults.Ok(new WebhookSecretView((await WebhookBook.FindAsync(write.Db, id, cancellationToken))!, secret))
            : Missing(id);

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(long id, ApiWrite write, CancellationToken cancellationToken) =>
        await WebhookBook.RemoveAsync(write.Db, id, cancellationToken) ? TypedResults.NoContent() : Missing(id);

    static async Task<Results<Ok<Page<WebhookDelivery>>, ProblemHttpResult>> DeliveriesAsync([AsParameters] PageQuery query, long? webhook, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        if (!query.TryGetAfter(out var after)) return Problem.Invalid(PageQuery.BadCursor);
        await using var db = await current.BeginAsync(cancellationToken);
        var deliveries = await WebhookBook.DeliveriesAsync(db, webhook, after, query.UpdatedSince, query.Fetch, cancellationToken);
        return TypedResults.Ok(query.Cut(deliveries, delivery => delivery.Id.ToString(CultureInfo.InvariantCulture), delivery => delivery));
    }

    static async Task<Results<Ok<WebhookDelivery>, ProblemHttpResult>> ReplayAsync(long id, ApiWrite write, TimeProvider clock, CancellationToken cancellationToken) =>
        await WebhookBook.ReplayAsync(write.Db, id, clock.GetUtcNow(), cancellationToken)
            ? TypedResults.Ok((await WebhookBook.FindDeliveryAsync(write.Db, id, cancellationToken))!)
            : Problem.NotFound($"delivery {id}");

    static ProblemHttpResult Missing(long id) => Problem.NotFound($"webhook {id}");

    static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        "api.too-many-webhooks" => Problem.Conflict(failure),
        "api.event-not-held" => Problem.Of(StatusCodes.Status403Forbidden, failure),
        _ => Problem.Invalid(failure),
    };
}
