using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Billing.Host.Jobs;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Usage.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests.Month;

/// <summary>A clerk at a browser without script: loads a page, fills its form in, sends it. Jobs are done when the test says so.</summary>
public sealed partial class Desk : IAsyncDisposable
{
    const long Largest = 20_000;
    const string Key = "form-key";

    readonly string _folder;
    readonly Installation _installation;
    readonly HttpClient _client;

    Desk(string folder, Installation installation)
    {
        (_folder, _installation) = (folder, installation);
        var cookies = new CookieContainer();
        foreach (var signIn in installation.Client.DefaultRequestHeaders.GetValues("Cookie")) cookies.SetCookies(installation.Client.BaseAddress!, signIn);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = installation.Client.BaseAddress };
    }

    public Installation Installation => _installation;

    /// <summary>Files that wait on the disk.</summary>
    public int StoredFiles => Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Count() : 0;

    /// <summary>Alder Telecom with two accounts and nothing imported.</summary>
    public static async Task<Desk> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("billing-desk-").FullName;
        var installation = await Installation.StartAsync(
            (database, clock) => Some.OpenTenantAsync(database, clock, Some.Reseller("alder", "Alder Telecom"), "Ash Ltd", "Beech Ltd", "Cedar Ltd", "In Credit Ltd"),
            new HostWork(folder, false, new UploadLimits { MaxFileBytes = Largest, MaxFiles = 5 }));
        return new Desk(folder, installation);
    }

    public async Task<string> PageAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>A part of a page that keeps itself up to date, as htmx asks for it.</summary>
    public async Task<(string Html, bool IsOver)> PartAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("HX-Request", "true");
        using var response = await _client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return (WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()).Trim(), response.Headers.Contains("HX-Refresh"));
    }

    /// <summary>Sends a form of a page.</summary>
    /// <returns>Where the answer leads; null when it is a page, which is then in <c>Html</c>.</returns>
    public async Task<(HttpStatusCode Status, string? To, string Html)> SendAsync(string page, string handler, params (string Name, string Value)[] fields)
    {
        return await SendAsync(await TokenAsync(page), page, handler, fields);
    }

    /// <summary>Sends the same form of a page twice at once, as two presses of its button do.</summary>
    public async Task<IReadOnlyList<(HttpStatusCode Status, string? To, string Html)>> SendTwiceAsync(string page, string handler, params (string Name, string Value)[] fields)
    {
        var token = await TokenAsync(page);
        return await Task.WhenAll(SendAsync(token, page, handler, fields), SendAsync(token, page, handler, fields));
    }

    async Task<(HttpStatusCode Status, string? To, string Html)> SendAsync(string token, string page, string handler, (string Name, string Value)[] fields)
    {
        var form = new List<KeyValuePair<string, string>> { new(Key, token) };
        form.AddRange(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        using var content = new FormUrlEncodedContent(form);
        var address = handler.Length == 0 ? page : page + (page.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "handler=" + handler;
        using var response = await _client.PostAsync(new Uri(address, UriKind.Relative), content);
        return (response.StatusCode, response.Headers.Location?.ToString(), WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Uploads files.</summary>
    public async Task<(HttpStatusCode Status, string? To, string Html)> UploadAsync(params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await TokenAsync("/cdrs/upload")), Key }, { new StringContent(""), "format" } };
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), "files", name);
        using var response = await _client.PostAsync(new Uri("/cdrs/upload", UriKind.Relative), form);
        return (response.StatusCode, response.Headers.Location?.ToString(), WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Sends a form of a page with a file in it.</summary>
    /// <returns>The page that answers, and the values of its hidden fields by name.</returns>
    public async Task<(string Html, IReadOnlyDictionary<string, string> Hidden)> SendFileAsync(string page, string field, string name, byte[] content, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await TokenAsync(page)), Key } };
        foreach (var (key, value) in fields) form.Add(new StringContent(value), key);
        form.Add(new ByteArrayContent(content), field, name);
        using var response = await _client.PostAsync(new Uri(page, UriKind.Relative), form);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, page);
        var html = await response.Content.ReadAsStringAsync();
        return (WebUtility.HtmlDecode(html), Hidden().Matches(html).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value)));
    }

    /// <summary>The same, with whatever it is answered by.</summary>
    public async Task<HttpResponseMessage> PostFileAsync(string page, string field, string name, byte[] content, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await TokenAsync(page)), Key } };
        foreach (var (key, value) in fields) form.Add(new StringContent(value), key);
        form.Add(new ByteArrayContent(content), field, name);
        return await _client.PostAsync(new Uri(page, UriKind.Relative), form);
    }

    public Task<HttpResponseMessage> PostRawAsync(string path, HttpContent content) => _client.PostAsync(new Uri(path, UriKind.Relative), content);

    /// <summary>Does every job that waits.</summary>
    public async Task WorkAsync()
    {
        var runner = _installation.Services.GetRequiredService<JobRunner>();
        foreach (var (tenant, job) in await JobBook.LiveAsync(_installation.Database)) await runner.RunAsync(tenant, job, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _installation.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    async Task<string> TokenAsync(string page)
    {
        using var response = await _client.GetAsync(new Uri(page, UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, page);
        var token = Token().Match(await response.Content.ReadAsStringAsync());
        token.Success.ShouldBeTrue($"{page} has no form");
        return token.Groups[1].Value;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([\\w.]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"form-key\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
