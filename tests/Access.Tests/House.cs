using System.Net;
using Billing.Host.Web;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Testing;
using Billing.Usage.Import;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Billing.Access.Tests;

/// <summary>An installation with two resellers and the app on it, its own for each test class; the clock moves when a test says so.</summary>
public sealed class House : IAsyncLifetime
{
    public const string Password = "four silver otters sing";

    TestDatabase _store = null!;
    WebApplication _app = null!;

    public Database Database { get; private set; } = null!;

    public MovedClock Clock { get; } = new();

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Names and proxies; null for this machine alone.</summary>
    internal WebSettings? Settings { get; init; }

    public async Task InitializeAsync()
    {
        _store = await new PostgresFixture().CreateDatabaseAsync("access", async (owner, cancellationToken) =>
            await (await Database.OpenAsync(owner, null, Host.Installation.Migrations, cancellationToken)).DisposeAsync());
        Database = await Database.OpenAsync(_store.OwnerConnectionString, null, Host.Installation.Migrations, CancellationToken.None);
        foreach (var slug in (string[])["alder", "birch"])
            await new TenantDirectory(Database).OpenAsync(new NewTenant(slug, slug.ToUpperInvariant(), slug + " Ltd", ["1 High Street"], "GB", null, null, "GBP", "Europe/London",
                new Brand(null, "#0b4f5c", "#c2571a", null, null, null, [], null)));
        _app = WebApp.Build(Database, new CdrFormatCatalog(), Clock, "http://127.0.0.1:0", Settings);
        await _app.StartAsync();
        Address = WebApp.AddressOf(_app);
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
        await _store.DisposeAsync();
    }

    public async Task<Tenant> TenantAsync(string slug) => slug == "operator"
        ? await new TenantDirectory(Database).GetAsync(TenantId.Installation)
        : (await new TenantDirectory(Database).FindAsync(slug))!;

    /// <summary>Work in a tenant's data that goes through.</summary>
    public async Task<T> DoAsync<T>(string slug, Func<TenantDb, Task<T>> work)
    {
        await using var db = await Database.BeginAsync((await TenantAsync(slug)).Id);
        var result = await work(db);
        await db.CommitAsync();
        return result;
    }

    /// <summary>What the owner of the database sees: every tenant's rows.</summary>
    public async Task<IReadOnlyList<string>> AskAsOwnerAsync(TenantId tenant, string sql)
    {
        await using var connection = new NpgsqlConnection(_store.OwnerConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var set = new NpgsqlCommand($"set local billing.tenant = {tenant.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}", connection, transaction)) await set.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>A new person and the key of their one-time link.</summary>
    public async Task<(PersonId Id, string Key)> InvitedAsync(string slug, string email, string role) => await DoAsync(slug, async db =>
    {
        var id = (await People.AddAsync(db, PersonKind.Staff, email, "Person " + email.Split('@')[0], role, null, Clock.GetUtcNow())).ValueOrThrow();
        return (id, await OneTimeLinks.MakeAsync(db, id, LinkPurpose.Invitation, Clock.GetUtcNow()));
    });

    /// <summary>A new person who has set the usual password, and their browser, signed in.</summary>
    public async Task<(PersonId Id, Browser Browser)> SignedInAsync(string slug, string email, string role)
    {
        var (id, key) = await InvitedAsync(slug, email, role);
        var browser = Browse(slug);
        using var answer = await browser.PostAsync("/set-password?key=" + key, new() { ["key"] = key, ["password"] = Password, ["again"] = Password });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return (id, browser);
    }

    /// <summary>A client that calls from an address of its own on this machine, and keeps no cookies.</summary>
    internal HttpClient CallFrom(IPAddress place) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(place, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Address.Port), cancellationToken);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = Address };

    public Browser Browse(string slug) => new(Address, slug == "operator" ? "/operator" : "/t/" + slug);
}
