using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Keys;
using Billing.Tenancy.Tenants;

namespace Billing.Web.Tests.Api;

/// <summary>A program that uses a tenant's API with a key of its own.</summary>
sealed class ApiClient(Installation installation, string? key)
{
    public static async Task<ApiClient> OfAsync(Installation installation, string slug, params string[] scopes) =>
        new(installation, await KeyAsync(installation, slug, scopes));

    public static async Task<string> KeyAsync(Installation installation, string slug, string[] scopes, DateTimeOffset? expiresAt = null)
    {
        var tenant = (await new TenantDirectory(installation.Database).FindAsync(slug))!;
        await using var db = await installation.Database.BeginAsync(tenant.Id);
        var text = (await ApiKeyBook.AddAsync(db, "Test", scopes.Length == 0 ? ApiKeyBook.ForKeys : scopes, ApiKeyBook.ForKeys.ToHashSet(), expiresAt)).ValueOrThrow();
        await db.CommitAsync();
        return text;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? idempotencyKey = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, new Uri("/api/v1" + path, UriKind.Relative));
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is string text) request.Content = new StringContent(text, Encoding.UTF8, "application/octet-stream");
        else if (body is not null) request.Content = JsonContent.Create(body);
        if (method != HttpMethod.Get) request.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString());
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await installation.Client.SendAsync(request);
    }

    public Task<JsonNode> GetAsync(string path) => AnswerAsync(HttpMethod.Get, path, HttpStatusCode.OK);

    public Task<JsonNode> PostAsync(string path, object? body, HttpStatusCode expected) => AnswerAsync(HttpMethod.Post, path, expected, body);

    async Task<JsonNode> AnswerAsync(HttpMethod method, string path, HttpStatusCode expected, object? body = null)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, path + ": " + text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The refusal's status and stable code.</summary>
    public async Task<(int Status, string? Code)> RefusalAsync(HttpMethod method, string path, object? body = null, string? idempotencyKey = null, string? ifMatch = null)
    {
        using var response = await SendAsync(method, path, body, idempotencyKey, ifMatch);
        response.IsSuccessStatusCode.ShouldBeFalse(path);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return ((int)response.StatusCode, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]);
    }
}
