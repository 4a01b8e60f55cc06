using System.Net;
using Billing.Host.Jobs;
using Billing.Host.Web;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Testing;
using Microsoft.AspNetCore.Builder;

namespace Billing.Web.Tests;

/// <summary>A database and the app on it, as <c>billing serve</c> has them, on a port of its own.</summary>
public sealed class Installation : IAsyncDisposable
{
    readonly TestDatabase _store;
    readonly WebApplication _app;

    Installation(TestDatabase store, Database database, WebApplication app, string cookies)
    {
        _store = store;
        _app = app;
        Database = database;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = WebApp.AddressOf(app) };
        Stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Client.BaseAddress };
        if (cookies.Length > 0) Client.DefaultRequestHeaders.Add("Cookie", cookies);
    }

    public Database Database { get; }

    /// <summary>What the app is made of, its routes among them.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Asks the app as an admin of each tenant; redirects are answers, not followed.</summary>
    public HttpClient Client { get; }

    /// <summary>The same as nobody.</summary>
    public HttpClient Stranger { get; }

    public string OwnerConnectionString => _store.OwnerConnectionString;

    internal static async Task<Installation> StartAsync(Func<Database, TimeProvider, Task> fill, HostWork? work = null, TimeProvider? clock = null)
    {
        clock ??= new FirstOfNovember();
        var store = await new PostgresFixture().CreateDatabaseAsync("web", async (owner, cancellationToken) =>
            await (await Database.OpenAsync(owner, null, Host.Installation.Migrations, cancellationToken)).DisposeAsync());
        var database = await Database.OpenAsync(store.OwnerConnectionString, null, Host.Installation.Migrations, CancellationToken.None);
        await fill(database, clock);
        var app = WebApp.Build(database, Some.Formats(), clock, "http://127.0.0.1:0", work: work);
        await app.StartAsync();
        return new Installation(store, database, app, string.Join("; ", await SignInAsync(database, clock)));
    }

    // One admin a tenant, signed in: a sign-in of one tenant is nothing to the others, so all of them can be sent along.
    static async Task<IReadOnlyList<string>> SignInAsync(Database database, TimeProvider clock)
    {
        var cookies = new List<string>();
        foreach (var tenant in await new TenantDirectory(database).ListAsync())
        {
            await using var db = await database.BeginAsync(tenant.Id);
            var admin = (await People.AddAsync(db, PersonKind.Staff, "ann@example.com", "Ann Admin", Role.Admin, null, clock.GetUtcNow())).ValueOrThrow();
            cookies.Add("sid=" + await Sessions.BeginAsync(db, admin, true, "127.0.0.1", "tests", clock.GetUtcNow()));
            await db.CommitAsync();
        }
        return cookies;
    }

    public async Task<string> TextAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await response.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Stranger.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
        await _store.DisposeAsync();
    }

    sealed class FirstOfNovember : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 1, 9, 30, 0, TimeSpan.Zero);
    }
}
