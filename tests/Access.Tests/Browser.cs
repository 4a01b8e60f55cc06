using System.Net;
using System.Text.RegularExpressions;

namespace Billing.Access.Tests;

/// <summary>A person's browser at one tenant: keeps cookies, fills forms in with the key that the page had, does not follow redirects.</summary>
public sealed partial class Browser(Uri address, string under) : IDisposable
{
    readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseCookies = true }) { BaseAddress = address };

    public async Task<HttpResponseMessage> GetAsync(string path, string? host = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(path));
        if (host is not null) request.Headers.Host = host;
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        return await _client.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await GetAsync(path);
        return response.StatusCode;
    }

    public async Task<string> TextAsync(string path)
    {
        using var response = await GetAsync(path);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Opens the page and sends its form.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields)
    {
        var key = FormKey().Match(await TextAsync(path.Split("?handler")[0]));
        if (key.Success) fields["form-key"] = key.Groups[1].Value;
        return await SendAsync(path, fields);
    }

    /// <summary>Sends a form as it is, without a key.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, Dictionary<string, string> fields) => _client.PostAsync(At(path), new FormUrlEncodedContent(fields));

    /// <summary>Sends a form with files.</summary>
    public Task<HttpResponseMessage> UploadAsync(string path, MultipartFormDataContent form) => _client.PostAsync(At(path), form);

    public Task<HttpResponseMessage> SignInAsync(string email, string password, string? back = null) =>
        PostAsync("/sign-in", new() { ["email"] = email, ["password"] = password, ["return"] = back ?? "/" });

    public async Task<string> SignInTextAsync(string email, string password)
    {
        using var answer = await SignInAsync(email, password);
        return await answer.Content.ReadAsStringAsync();
    }

    public void Dispose() => _client.Dispose();

    Uri At(string path) => new(path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : under + path, UriKind.Relative);

    [GeneratedRegex("name=\"form-key\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex FormKey();
}
