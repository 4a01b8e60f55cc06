using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Api.Webhooks;

/// <summary>A tenant's webhooks, the events they are told of, and how each delivery went.</summary>
public static class WebhookBook
{
    private const int MostWebhooks = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new Answers.DecimalText() } };

    /// <summary>Makes a webhook.</summary>
    /// <returns>It and its secret, shown this once.</returns>
    public static async Task<Result<(Webhook Webhook, string Secret)>> AddAsync(TenantDb db, string url, IReadOnlyList<string> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(events);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0 || url.Length > 2000)
            return new Failure("api.bad-webhook-url", $"'{url}' is not an address that events can be posted to, such as https://example.com/billing-events.");
        // Plain HTTP would show customers' figures to everybody on the way; on this machine there is no way.
        if (address.Scheme == "http" && !address.IsLoopback) return new Failure("api.bad-webhook-url", "Use https: events carry customers' figures.");
        if (events.Count == 0 || events.FirstOrDefault(kind => !EventKind.All.Contains(kind)) is not null)
            return new Failure("api.bad-event", $"Choose from {string.Join(", ", EventKind.All)}.");
        if (await db.ScalarAsync<long>($"select count(*) from api.webhook", cancellationToken) >= MostWebhooks) return new Failure("api.too-many-webhooks", $"A tenant can have {MostWebhooks} webhooks. Remove one first.");
        var secret = WebhookSignature.NewSecret();
        var kinds = events.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var id = await db.ScalarAsync<long>($"insert into api.webhook (url, events, secret) values ({address.AbsoluteUri}, {kinds}, {secret}) returning webhook_id", cancellationToken);
        return (new Webhook(id, address.AbsoluteUri, kinds, true), secret);
    }

    /// <summary>All webhooks.</summary>
    public static async Task<IReadOnlyList<Webhook>> ListAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"select webhook_id, url, events, is_active from api.webhook order by webhook_id", row => new Webhook(row.Long(0), row.Text(1), row.Get<string[]>(2), row.Bool(3)), cancellationToken);
    }

    /// <summary>Removes a webhook with its deliveries.</summary>
    /// <returns>False when there is no such webhook.</returns>
    public static async Task<bool> RemoveAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"delete from api.webhook where webhook_id = {id}", cancellationToken) == 1;
    }

    /// <summary>Tells of an event, in the transaction in which it happens: it is sent if, and only if, that is committed.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="kind">One of <see cref="EventKind"/>.</param>
    /// <param name="data">What the receiver sees under <c>data</c>; serialized as JSON, never with a secret.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task RaiseAsync(TenantDb db, string kind, object data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        // Where nobody listens nothing is kept.
        await db.ExecuteAsync($"""
            with listener as (select webhook_id from api.webhook where is_active and {kind} = any (events)),
                 happened as (insert into api.event (kind, body) select {kind}, {JsonSerializer.Serialize(data, Json)}::jsonb where exists (select from listener) returning event_id)
            insert into api.delivery (webhook_id, event_id) select listener.webhook_id, happened.event_id from listener, happened
            """, cancellationToken);
    }

    /// <summary>Sends a ping to one webhook, whatever it listens to.</summary>
    /// <returns>False when there is no such webhook.</returns>
    public static async Task<bool> PingAsync(TenantDb db, long webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"""
            with happened as (insert into api.event (kind, body) select {EventKind.Ping}, jsonb_build_object() where exists (select from api.webhook where webhook_id = {webhook}) returning event_id)
            insert into api.delivery (webhook_id, event_id) select {webhook}, event_id from happened
            """, cancellationToken) == 1;
    }

    /// <summary>Deliveries, the newest first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="before">Only those with a smaller id.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(TenantDb db, long? before, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select d.delivery_id, d.webhook_id, d.event_id, e.kind, e.happened_at, d.attempts, d.tried_at, d.next_at, d.status, d.problem, d.is_done
            from api.delivery d join api.event e using (tenant_id, event_id)
            where {before}::bigint is null or d.delivery_id < {before}::bigint
            order by d.delivery_id desc limit {limit}
            """,
            row => new WebhookDelivery(row.Long(0), row.Long(1), row.Long(2), row.Text(3), row.Instant(4), row.Int(5), row.IsNull(6) ? null : row.Instant(6), row.IsNull(7) ? null : row.Instant(7),
                row.Maybe<int?>(8), row.MaybeText(9), row.Bool(10)), cancellationToken);
    }

    /// <summary>Sends a delivery once more, whatever became of it.</summary>
    /// <returns>False when there is no such delivery.</returns>
    public static async Task<bool> ReplayAsync(TenantDb db, long delivery, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"update api.delivery set next_at = {now.UtcDateTime}, attempts = 0, is_done = false where delivery_id = {delivery}", cancellationToken) == 1;
    }
}
