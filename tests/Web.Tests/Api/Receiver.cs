using System.Net;
using System.Text;

namespace Billing.Web.Tests.Api;

/// <summary>A program elsewhere that is told of events: keeps what it gets, answers as the test says.</summary>
sealed class Receiver : IAsyncDisposable
{
    readonly HttpListener _listener;
    readonly Task _listening;

    Receiver()
    {
        // A free port: asked for until one is.
        while (true)
        {
            Address = new Uri($"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/events");
            _listener = new HttpListener { Prefixes = { Address.GetLeftPart(UriPartial.Authority) + "/" } };
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException)
            {
                _listener.Close();
            }
        }
        _listening = ListenAsync();
    }

    /// <summary>Begins to listen.</summary>
    public static Receiver Start() => new();

    public Uri Address { get; }

    /// <summary>What it answers.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.NoContent;

    public List<(string Id, string Timestamp, string Signature, string Body)> Events { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _listening;
    }

    async Task ListenAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            Events.Add((context.Request.Headers["webhook-id"]!, context.Request.Headers["webhook-timestamp"]!, context.Request.Headers["webhook-signature"]!, await reader.ReadToEndAsync()));
            context.Response.StatusCode = (int)Answer;
            context.Response.Close();
        }
    }
}
