using System.Security.Cryptography;
using System.Text;
using Billing.Abstractions.Values;
using Billing.Api.Answers;
using Billing.Screens;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Billing.Api.Writes;

/// <summary>
/// Makes a write happen once for each <c>Idempotency-Key</c>: the first request does it and its answer is kept for thirty days, the same request sent again gets that
/// answer, another request with the same key is refused. Two at once: the second waits for the first.
/// </summary>
sealed class WriteOnce(TimeProvider clock) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    const int LongestKey = 200;
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[Header].ToString();
        if (key.Length is 0 or > LongestKey)
            return Problem.Of(StatusCodes.Status400BadRequest, new Failure("api.no-idempotency-key",
                $"Send the header {Header} with a name of your own for this write, 1 to {LongestKey} characters, such as a UUID. The same request sent again with it does nothing a second time."));

        var current = http.RequestServices.GetRequiredService<CurrentTenant>();
        var hash = await HashAsync(http.Request);
        await using var db = await current.BeginAsync(http.RequestAborted);
        await db.LockAsync("api/" + current.Actor.Id + "/" + key, http.RequestAborted);
        var earlier = await db.FindAsync($"""
            select request_hash, status, media_type, location, etag, body from api.answer where api_key_id = {current.Actor.Id} and idempotency_key = {key}
            """, row => (Hash: row.Get<byte[]>(0), Answer: new KeptAnswer(row.Int(1), row.MaybeText(2), row.MaybeText(3), row.MaybeText(4), row.Get<byte[]>(5))), http.RequestAborted);
        if (earlier.Answer is not null)
        {
            if (!hash.AsSpan().SequenceEqual(earlier.Hash))
                return Problem.Of(StatusCodes.Status422UnprocessableEntity, new Failure("api.idempotency-key-reused", $"The {Header} '{key}' was used for another request. Take a new one for each write."));
            http.Response.Headers[ReplayedHeader] = "true";
            await earlier.Answer.WriteAsync(http.Response, http.RequestAborted);
            return Results.Empty;
        }

        var write = http.RequestServices.GetRequiredService<ApiWrite>();
        write.Begin(db);
        var answer = await KeptAnswer.OfAsync(await next(context), http);
        if (answer.Status < StatusCodes.Status400BadRequest || write.KeepsRefusal)
        {
            var now = clock.GetUtcNow();
            await db.ExecuteAsync($"delete from api.answer where answered_at < {(now - Kept).UtcDateTime}", http.RequestAborted);
            await db.ExecuteAsync($"""
                insert into api.answer (api_key_id, idempotency_key, request_hash, status, media_type, location, etag, body, answered_at)
                values ({current.Actor.Id}, {key}, {hash}, {answer.Status}, {answer.MediaType}, {answer.Location}, {answer.ETag}, {answer.Body}, {now.UtcDateTime})
                """, http.RequestAborted);
            await db.CommitAsync(http.RequestAborted);
        }
        await answer.WriteAsync(http.Response, http.RequestAborted);
        return Results.Empty;
    }

    // The method, the address and every byte of the body; the door made the body readable twice.
    private static async Task<byte[]> HashAsync(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.Headers[HeaderNames.IfMatch]}\n"));
        request.Body.Position = 0;
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0) hash.AppendData(buffer.AsSpan(0, read));
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
