using System.Net;
using System.Net.Http.Headers;
using Billing.Isolation.Tests.Fixture;

namespace Billing.Isolation.Tests.Web;

/// <summary>
/// Somebody who asks the app. Every so often they call from another address, so that what is refused is refused for who they are, and
/// not because somebody at that address has asked too often.
/// </summary>
sealed class Caller(TwoResellers resellers) : IDisposable
{
    const int RequestsFromAPlace = 40;
    static int places;
    int left;
    HttpClient? client;

    public int Requests { get; private set; }

    public async Task<Answer> SendAsync(HttpMethod method, string host, string path, string? cookie = null, HttpContent? content = null, string? key = null, Action<HttpRequestMessage>? also = null)
    {
        if (left-- == 0)
        {
            client?.Dispose();
            client = resellers.Browse(1 + Interlocked.Increment(ref places));
            left = RequestsFromAPlace;
        }
        Requests++;
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Host = host;
        if (!string.IsNullOrEmpty(cookie)) request.Headers.Add("Cookie", cookie);
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        also?.Invoke(request);
        using var response = await client!.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).SelectMany(header => header.Value.Select(value => (header.Key, Value: value))).ToList();
        return new Answer(response.StatusCode, response.Headers.Location?.ToString(), response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), headers);
    }

    public Task<Answer> GetAsync(string host, string path, string? cookie = null) => SendAsync(HttpMethod.Get, host, path, cookie);

    /// <summary>Sends a form with the token and the cookie that go with it.</summary>
    public async Task<Answer> PostAsync(string host, string path, string? cookie, (string Token, string Cookie) ours, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var body = new FormUrlEncodedContent([.. fields, KeyValuePair.Create(HtmlForm.Key, ours.Token)]);
        return await SendAsync(HttpMethod.Post, host, path, string.Join("; ", new[] { cookie, ours.Cookie }.Where(part => !string.IsNullOrEmpty(part))), body);
    }

    /// <summary>A token that is good for whoever the cookie signs in at an address: from a page with a form that they may see.</summary>
    public async Task<(string Token, string Cookie)> TokenAsync(string host, string under, string? cookie)
    {
        foreach (var page in new[] { "/account", "/sign-in" })
        {
            var answer = await GetAsync(host, under + page, cookie);
            if (answer.Status == HttpStatusCode.OK && HtmlForm.TokenOf(answer.Text) is { } token)
                return (token, string.Join("; ", answer.Headers.Where(header => header.Name == "Set-Cookie" && header.Value.StartsWith("form=", StringComparison.Ordinal)).Select(header => header.Value.Split(';')[0])));
        }
        throw new InvalidOperationException($"{host}{under} has no form for this caller.");
    }

    public void Dispose() => client?.Dispose();
}
