using System.Net;
using Billing.Host.Web;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Testing;
using Microsoft.AspNetCore.Builder;

namespace Billing.Portal.Tests;

/// <summary>Two resellers with the same customers, and the app on their database, as <c>billing serve</c> has it.</summary>
#pragma warning disable CA1001 // xunit ends it by DisposeAsync, which disposes all of them.
public sealed class TwoResellers : IAsyncLifetime
#pragma warning restore CA1001
{
    TestDatabase _store = null!;
    WebApplication _app = null!;
    HttpClient _client = null!;

    public Database Database { get; private set; } = null!;

    internal SomeReseller Alder { get; private set; } = null!;

    internal SomeReseller Birch { get; private set; } = null!;

    public static TimeProvider Clock { get; } = new TenthOfNovember();

    public async Task InitializeAsync()
    {
        _store = await new PostgresFixture().CreateDatabaseAsync();
        Database = await Database.OpenAsync(_store.OwnerConnectionString, null, Host.Installation.Migrations, CancellationToken.None);
        Alder = await SomeReseller.OpenAsync(Database, Clock, "alder", "Alder Telecom", "#0b4f5c");
        Birch = await SomeReseller.OpenAsync(Database, Clock, "birch", "Birch Voice", "#ffd400");
        _app = WebApp.Build(Database, SomeReseller.Formats(), Clock, "http://127.0.0.1:0");
        await _app.StartAsync();
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = WebApp.AddressOf(_app) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>Asks at a reseller's portal as one of its customers' people; null for nobody.</summary>
    internal Task<HttpResponseMessage> GetAsync(SomeReseller reseller, string? person, string path) => SendAsync(HttpMethod.Get, reseller.Host, person is null ? null : reseller.Cookies[person], path, null);

    internal async Task<string> TextAsync(SomeReseller reseller, string person, string path)
    {
        using var response = await GetAsync(reseller, person, path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await response.Content.ReadAsStringAsync();
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string host, string? cookie, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Host = host;
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return await _client.SendAsync(request);
    }

    /// <summary>Fills in and sends a form of a page, with what the page itself put into it.</summary>
    internal async Task<HttpResponseMessage> PostAsync(string host, string cookie, string path, string? action, params (string Name, string Value)[] fields)
    {
        using var page = await SendAsync(HttpMethod.Get, host, cookie, path, null);
        var html = await page.Content.ReadAsStringAsync();
        page.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        var key = System.Text.RegularExpressions.Regex.Match(html, "name=\"form-key\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
        key.ShouldNotBeEmpty();
        var forms = string.Join("; ", page.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : []);
        using var body = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("form-key", key)]);
        return await SendAsync(HttpMethod.Post, host, forms.Length > 0 ? $"{cookie}; {forms}" : cookie, action ?? path, body);
    }

    /// <summary>A question to the database on behalf of a customer's person.</summary>
    internal async Task<T> AskAsync<T>(SomeReseller reseller, string person, Func<TenantDb, Task<T>> ask)
    {
        await using var db = await Database.BeginAsync(reseller.Tenant.Id, new Actor(ActorKind.Customer, reseller.People[person].Value, person));
        return await ask(db);
    }

    /// <summary>The cookie of an admin of the reseller.</summary>
    internal async Task<string> AdminAsync(SomeReseller reseller, string role = Role.Admin)
    {
        await using var db = await Database.BeginAsync(reseller.Tenant.Id);
        var admin = (await People.AddAsync(db, PersonKind.Staff, Guid.NewGuid().ToString("N") + "@example.com", "Ann Admin", role, null, Clock.GetUtcNow())).ValueOrThrow();
        var key = await Sessions.BeginAsync(db, admin, true, "127.0.0.1", "tests", Clock.GetUtcNow());
        await db.CommitAsync();
        return "sid=" + key;
    }

    sealed class TenthOfNovember : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 10, 9, 30, 0, TimeSpan.Zero);
    }
}

[CollectionDefinition(Name)]
public sealed class SharedResellers : ICollectionFixture<TwoResellers>
{
    public const string Name = "two resellers";
}
