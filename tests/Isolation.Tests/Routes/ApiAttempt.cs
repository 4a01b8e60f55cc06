using System.Net.Http.Json;
using System.Text;
using Billing.Isolation.Tests.Fixture;
using Billing.Isolation.Tests.Web;

namespace Billing.Isolation.Tests.Routes;

/// <summary>Sends an operation's own example, with Ash's ids in its address.</summary>
static class ApiAttempt
{
    public static async Task<Answer> SendAsync(Caller caller, string host, string under, Handler handler, IReadOnlyDictionary<string, string> values, string? cookie, string? key)
    {
        var path = handler.PathWith(values);
        if (handler.Example?.Path.Split('?') is [_, var query]) path += "?" + query;
        var body = handler.Example?.Body;
        using HttpContent? content = body is string text ? new StringContent(text, Encoding.UTF8, "application/octet-stream") : body is null ? null : JsonContent.Create(body, body.GetType());
        return await caller.SendAsync(new HttpMethod(handler.Method), host, under + path, cookie, content, key, request =>
        {
            if (!handler.IsRead) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            if (handler.Example?.IfMatch is { } version) request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        });
    }
}
