using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Billing.Tenancy;
using Billing.Tenancy.Data;

namespace Billing.Api.Webhooks;

/// <summary>Posts due deliveries. Several hosts may do so at once: each takes deliveries that no other holds.</summary>
public sealed class WebhookSender : IDisposable
{
    private const int ABatch = 20;

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    /// <summary>A sender.</summary>
    /// <param name="database">Where deliveries wait.</param>
    /// <param name="clock">The time.</param>
    /// <param name="settings">Where events may go.</param>
    public WebhookSender(Database database, TimeProvider clock, WebhookSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.database = database;
        this.clock = clock;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, settings.ReachesPrivateAddresses, cancellationToken),
        }) { Timeout = TimeSpan.FromSeconds(10) };
    }

    /// <summary>Tenants for whom something is due.</summary>
    public async Task<IReadOnlyList<TenantId>> DueAsync(CancellationToken cancellationToken = default)
    {
        await using var command = database.Pool.CreateCommand("select tenant_id from api.tenants_with_due_deliveries($1)");
        var at = command.CreateParameter();
        at.Value = clock.GetUtcNow().UtcDateTime;
        command.Parameters.Add(at);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tenants = new List<TenantId>();
        while (await reader.ReadAsync(cancellationToken)) tenants.Add(new TenantId(reader.GetInt32(0)));
        return tenants;
    }

    /// <summary>Sends what is due for a tenant. A webhook whose receiver fails is left for the next time, so that the others need not wait for it.</summary>
    /// <returns>Deliveries tried.</returns>
    public async Task<int> SendDueAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        var (tried, failing) = (0, new List<long>());
        while (tried < ABatch && await SendOneAsync(tenant, failing, cancellationToken)) tried++;
        return tried;
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // One transaction a delivery, held while it is sent: a host that dies gives it back, and the receiver knows a repetition by the id.
    private async Task<bool> SendOneAsync(TenantId tenant, List<long> failing, CancellationToken cancellationToken)
    {
        await using var db = await database.BeginAsync(tenant, cancellationToken);
        var now = clock.GetUtcNow();
        var due = await db.FindAsync($"""
            select d.delivery_id, d.attempts, e.event_id, e.kind, e.body::text, e.happened_at, w.webhook_id, w.url, w.secret, case when w.previous_until > {now.UtcDateTime} then w.previous_secret end
            from api.delivery d join api.event e using (tenant_id, event_id) join api.webhook w using (tenant_id, webhook_id)
            where d.next_at <= {now.UtcDateTime} and w.is_active and w.webhook_id <> all ({failing.ToArray()}) order by d.next_at, d.delivery_id limit 1 for update of d skip locked
            """, row => new Due(row.Long(0), row.Int(1) + 1, row.Long(2), row.Text(3), row.Text(4), row.Instant(5), row.Long(6), row.Text(7), row.Text(8), row.MaybeText(9)), cancellationToken);
        if (due is null) return false;

        var (status, problem) = await PostAsync(tenant, due, now, cancellationToken);
        var isDone = problem is null;
        if (!isDone) failing.Add(due.Webhook);
        var next = isDone ? null : now + RetryPlan.After(due.Attempt);
        await db.ExecuteAsync($"""
            update api.delivery set attempts = {due.Attempt}, tried_at = {now.UtcDateTime}, status = {status}, problem = {problem}, is_done = {isDone}, next_at = {next?.UtcDateTime}
            where delivery_id = {due.Id}
            """, cancellationToken);
        await db.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<(int? Status, string? Problem)> PostAsync(TenantId tenant, Due due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"evt_{tenant.Value}_{due.Event}");
        var body = $$"""{"type":"{{due.Kind}}","timestamp":"{{due.HappenedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}}","data":{{due.Body}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, due.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", SignaturesOf(due, id, now, body));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : $"The receiver answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException failure)
        {
            return (null, failure.InnerException is PrivateAddressException refused ? refused.Message : "The receiver can't be reached: " + failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "The receiver did not answer within 10 s.");
        }
    }

    private static string SignaturesOf(Due due, string id, DateTimeOffset now, string body) =>
        due.PreviousSecret is { } previous ? WebhookSignature.Of(due.Secret, id, now, body) + " " + WebhookSignature.Of(previous, id, now, body) : WebhookSignature.Of(due.Secret, id, now, body);

    // Checked where the connection is made, on the very address: a name may mean another one a moment later.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool reachesPrivateAddresses, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = addresses.Where(address => reachesPrivateAddresses || !PrivateAddress.Is(address)).ToArray();
        if (allowed.Length == 0) throw new PrivateAddressException($"{target.Host} leads to a private network, where events are not sent.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record Due(long Id, int Attempt, long Event, string Kind, string Body, DateTimeOffset HappenedAt, long Webhook, string Url, string Secret, string? PreviousSecret);
}
