using System.Net;
using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;

namespace Billing.Api.Webhooks;

/// <summary>A tenant's webhooks, the events they are told of, and how each delivery went.</summary>
public static class WebhookBook
{
    private const int MostWebhooks = 20;

    /// <summary>How long the secret before goes on signing after a new one was made.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new Answers.DecimalText() } };

    /// <summary>Makes a webhook.</summary>
    /// <param name="db">The tenant, on behalf of who makes it.</param>
    /// <param name="url">Where events are posted to.</param>
    /// <param name="events">Which: kinds of <see cref="EventKind.All"/>.</param>
    /// <param name="held">What the maker may do: they can't have events told that they could not read.</param>
    /// <param name="settings">Where events may go.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>It and its secret, shown this once; or <c>api.bad-webhook-url</c>, <c>api.private-address</c>, <c>api.bad-event</c>, <c>api.event-not-held</c>, <c>api.too-many-webhooks</c>.</returns>
    public static async Task<Result<(Webhook Webhook, string Secret)>> AddAsync(
        TenantDb db, string url, IReadOnlyList<string> events, IReadOnlySet<string> held, WebhookSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(settings);
        if (!Uri.TryCreate((url ?? "").Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0 || address.AbsoluteUri.Length > 2000)
            return new Failure("api.bad-webhook-url", $"'{url}' is not an address that events can be posted to, such as https://example.com/billing-events.") { Field = "url" };
        // A name is looked up when something is sent, and refused then; what is plain already is said now.
        if (!settings.ReachesPrivateAddresses && (address.IsLoopback || IPAddress.TryParse(address.Host.Trim('[', ']'), out var place) && PrivateAddress.Is(place)))
            return new Failure("api.private-address", $"{address.Host} is on this machine or in a private network, where events are not sent. Whoever runs the installation can allow it.") { Field = "url" };
        // Plain HTTP would show customers' figures to everybody on the way; on this machine there is no way.
        if (address.Scheme == "http" && !address.IsLoopback) return new Failure("api.bad-webhook-url", "Use https: events carry customers' figures.") { Field = "url" };
        if (events.Count == 0 || events.Any(kind => !EventKind.All.Contains(kind)))
            return new Failure("api.bad-event", $"Choose what it is told of: {string.Join(", ", EventKind.All)}.") { Field = "events" };
        if (events.FirstOrDefault(kind => !held.Contains(EventKind.PermissionFor(kind))) is { } beyond)
            return new Failure("api.event-not-held", $"'{beyond}' tells what needs the permission '{EventKind.PermissionFor(beyond)}', which you do not have.") { Field = "events" };
        if (await db.ScalarAsync<long>($"select count(*) from api.webhook", cancellationToken) >= MostWebhooks) return new Failure("api.too-many-webhooks", $"A tenant can have {MostWebhooks} webhooks. Remove one first.");
        var secret = WebhookSignature.NewSecret();
        var kinds = events.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var id = await db.ScalarAsync<long>($"insert into api.webhook (url, events, secret) values ({address.AbsoluteUri}, {kinds}, {secret}) returning webhook_id", cancellationToken);
        return ((await FindAsync(db, id, cancellationToken))!, secret);
    }

    /// <summary>All webhooks.</summary>
    public static async Task<IReadOnlyList<Webhook>> ListAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"select webhook_id, url, events, is_active, created_at, previous_until from api.webhook order by webhook_id", Read, cancellationToken);
    }

    /// <summary>A webhook by its number; null when there is none.</summary>
    public static Task<Webhook?> FindAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select webhook_id, url, events, is_active, created_at, previous_until from api.webhook where webhook_id = {id}", Read, cancellationToken);
    }

    /// <summary>Pauses a webhook or lets it go on.</summary>
    /// <returns>False when there is no such webhook.</returns>
    public static async Task<bool> SetActiveAsync(TenantDb db, long id, bool isActive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"update api.webhook set is_active = {isActive} where webhook_id = {id}", cancellationToken) == 1;
    }

    /// <summary>Makes a new secret. Events are signed with both for a day, so that the receiver can change over in its own time.</summary>
    /// <returns>The new secret, shown this once; null when there is no such webhook.</returns>
    public static async Task<string?> RotateAsync(TenantDb db, long id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var secret = WebhookSignature.NewSecret();
        return await db.ExecuteAsync($"""
            update api.webhook set previous_secret = secret, previous_until = {(now + Overlap).UtcDateTime}, secret = {secret} where webhook_id = {id}
            """, cancellationToken) == 1 ? secret : null;
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
    /// <param name="now">When it happens.</param>
    /// <param name="data">What the receiver sees under <c>data</c>; serialized as JSON, never with a secret.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task RaiseAsync(TenantDb db, string kind, DateTimeOffset now, object data, CancellationToken cancellationToken = default) => RaiseAllAsync(db, kind, now, [data], cancellationToken);

    /// <summary>The same for several events of one kind, in their order.</summary>
    public static async Task RaiseAllAsync(TenantDb db, string kind, DateTimeOffset now, IEnumerable<object> data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(data);
        // Where nobody listens nothing is kept.
        await db.ExecuteAsync($"""
            with listener as (select webhook_id from api.webhook where is_active and {kind} = any (events)),
                 happened as (insert into api.event (kind, body, happened_at)
                              select {kind}, body::jsonb, {now.UtcDateTime} from unnest({data.Select(one => JsonSerializer.Serialize(one, Json)).ToArray()}) with ordinality as one(body, place)
                              where exists (select from listener) order by place returning event_id)
            insert into api.delivery (webhook_id, event_id, next_at) select listener.webhook_id, happened.event_id, {now.UtcDateTime} from listener, happened
            """, cancellationToken);
    }

    /// <summary>Sends a ping to one webhook, whatever it listens to.</summary>
    /// <returns>False when there is no such webhook.</returns>
    public static async Task<bool> PingAsync(TenantDb db, long webhook, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"""
            with happened as (insert into api.event (kind, body, happened_at) select {EventKind.Ping}, jsonb_build_object(), {now.UtcDateTime} where exists (select from api.webhook where webhook_id = {webhook}) returning event_id)
            insert into api.delivery (webhook_id, event_id, next_at) select {webhook}, event_id, {now.UtcDateTime} from happened
            """, cancellationToken) == 1;
    }

    /// <summary>Deliveries, the newest first.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="webhook">Only those to this webhook; null for all.</param>
    /// <param name="before">Only those with a smaller id; null for all.</param>
    /// <param name="since">Only those that happened or were tried at this instant or later; null for all.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(TenantDb db, long? webhook, long? before, DateTimeOffset? since, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"""
            select d.delivery_id, d.webhook_id, d.event_id, e.kind, e.happened_at, d.attempts, d.tried_at, d.next_at, d.status, d.problem, d.is_done
            from api.delivery d join api.event e using (tenant_id, event_id)
            where ({webhook}::bigint is null or d.webhook_id = {webhook}::bigint) and ({before}::bigint is null or d.delivery_id < {before}::bigint)
              and ({since?.UtcDateTime}::timestamptz is null or greatest(e.happened_at, d.tried_at) >= {since?.UtcDateTime}::timestamptz)
            order by d.delivery_id desc limit {limit}
            """, ReadDelivery, cancellationToken);
    }

    /// <summary>A delivery by its number; null when there is none.</summary>
    public static Task<WebhookDelivery?> FindDeliveryAsync(TenantDb db, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"""
            select d.delivery_id, d.webhook_id, d.event_id, e.kind, e.happened_at, d.attempts, d.tried_at, d.next_at, d.status, d.problem, d.is_done
            from api.delivery d join api.event e using (tenant_id, event_id) where d.delivery_id = {id}
            """, ReadDelivery, cancellationToken);
    }

    /// <summary>Sends a delivery once more, whatever became of it.</summary>
    /// <returns>False when there is no such delivery.</returns>
    public static async Task<bool> ReplayAsync(TenantDb db, long delivery, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"update api.delivery set next_at = {now.UtcDateTime}, attempts = 0, is_done = false where delivery_id = {delivery}", cancellationToken) == 1;
    }

    private static Webhook Read(Row row) => new(row.Long(0), row.Text(1), row.Get<string[]>(2), row.Bool(3), row.Instant(4), row.IsNull(5) ? null : row.Instant(5));

    private static WebhookDelivery ReadDelivery(Row row) => new(
        row.Long(0), row.Long(1), row.Long(2), row.Text(3), row.Instant(4), row.Int(5), row.IsNull(6) ? null : row.Instant(6), row.IsNull(7) ? null : row.Instant(7),
        row.Maybe<int?>(8), row.MaybeText(9), row.Bool(10));
}
