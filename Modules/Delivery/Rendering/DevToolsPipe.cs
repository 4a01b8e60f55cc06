using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Delivery.Rendering;

/// <summary>Chromium's DevTools protocol over a pipe: JSON messages, each ended by a zero byte.</summary>
/// <remarks>One caller at a time: a call sends its question and reads until its answer comes. Events met on the way go to <see cref="Event"/>.</remarks>
sealed class DevToolsPipe(Stream toBrowser, Stream fromBrowser)
{
    // Chromium drops the connection at a message of 100 MB.
    const int BytesMax = 95_000_000;

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    byte[] incoming = new byte[64 * 1024];
    int start, end;
    long lastId;

    /// <summary>Called with the method and parameters of each event, on the reading call's own flow.</summary>
    public Action<string, JsonElement>? Event { get; set; }

    /// <summary>The answer's <c>result</c>. Throws <see cref="IOException"/> when the browser is gone, or refuses the call.</summary>
    public async Task<JsonElement> CallAsync(string method, string? session, Action<Utf8JsonWriter>? parameters, CancellationToken cancellationToken)
    {
        var id = ++lastId;
        await toBrowser.WriteAsync(Compose(id, method, session, parameters), cancellationToken);
        while (true)
        {
            var message = await ReadAsync(cancellationToken);
            if (!message.TryGetProperty("id", out var answered) || answered.GetInt64() != id) continue;
            if (message.TryGetProperty("error", out var error)) throw new IOException($"The browser refused {method}: {error}");
            return message.GetProperty("result");
        }
    }

    /// <summary>Sends a short question whose answer nobody reads.</summary>
    public void Send(string method, string? session, Action<Utf8JsonWriter>? parameters) =>
        toBrowser.Write(Compose(++lastId, method, session, parameters).Span);

    /// <summary>Reads one message; an event is handed to <see cref="Event"/> before it is returned.</summary>
    public async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        var scanned = start;
        int zero;
        while ((zero = Array.IndexOf(incoming, (byte)0, scanned, end - scanned)) < 0)
        {
            scanned = end;
            if (end == incoming.Length)
            {
                var kept = end - start;
                var larger = kept > incoming.Length / 2 ? new byte[incoming.Length * 2] : incoming;
                Buffer.BlockCopy(incoming, start, larger, 0, kept);
                (incoming, scanned, start, end) = (larger, scanned - start, 0, kept);
            }
            var read = await fromBrowser.ReadAsync(incoming.AsMemory(end), cancellationToken);
            if (read == 0) throw new IOException("The browser has gone.");
            end += read;
        }
        JsonElement message;
        try
        {
            message = JsonElement.Parse(incoming.AsSpan(start, zero - start));
        }
        catch (JsonException problem)
        {
            throw new IOException("The browser sent a message that is not JSON.", problem);
        }
        start = zero + 1;
        if (start == end) start = end = 0;
        if (message.TryGetProperty("method", out var method))
            Event?.Invoke(method.GetString() ?? "", message.TryGetProperty("params", out var parameters) ? parameters : default);
        return message;
    }

    static ReadOnlyMemory<byte> Compose(long id, string method, string? session, Action<Utf8JsonWriter>? parameters)
    {
        var message = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(message, Plain))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", id);
            writer.WriteString("method", method);
            if (session is not null) writer.WriteString("sessionId", session);
            if (parameters is not null)
            {
                writer.WriteStartObject("params");
                parameters(writer);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        if (message.WrittenCount > BytesMax)
            throw new PdfException(PdfException.Refused,
                $"The document has {message.WrittenCount / 1_000_000} MB; at most {BytesMax / 1_000_000} MB can be printed. Use smaller images, or split it.");
        message.Write("\0"u8);
        return message.WrittenMemory;
    }
}
