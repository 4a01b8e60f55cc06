using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Billing.Host.Jobs;
using Billing.Host.Web;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Testing;
using Billing.Usage.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Isolation.Tests.Fixture;

/// <summary>The app as <c>billing serve</c> has it, with Ash, whose rows are marked, and Birch, who must not see them; both have something everywhere.</summary>
#pragma warning disable CA1001 // xunit ends it by DisposeAsync, which disposes all of them.
public class TwoResellers : IAsyncLifetime
#pragma warning restore CA1001
{
    static (FilledReseller Ash, FilledReseller Birch, string Operator) filled;

    readonly string folder = Directory.CreateTempSubdirectory("billing-isolation-").FullName;
    TestDatabase store = null!;
    WebApplication app = null!;

    internal static TimeProvider Clock { get; } = new TenthOfNovember();

    internal Database Database { get; private set; } = null!;

    /// <summary>Whose rows everybody else is kept from.</summary>
    internal FilledReseller Ash { get; private set; } = null!;

    internal FilledReseller Birch { get; private set; } = null!;

    /// <summary>The cookie of an operator whom nobody has let in.</summary>
    internal string Operator { get; private set; } = "";

    internal IServiceProvider Services => app.Services;

    internal string OwnerConnectionString => store.OwnerConnectionString;

    internal Uri Address { get; private set; } = null!;

    /// <summary>Room for routes that only a test has.</summary>
    protected virtual void Map(WebApplication app)
    {
    }

    public async Task InitializeAsync()
    {
        store = await new PostgresFixture().CreateDatabaseAsync("isolation", FillAsync);
        Database = await Database.OpenAsync(store.OwnerConnectionString, null, Host.Installation.Migrations, CancellationToken.None);
        (Ash, Birch, Operator) = (filled.Ash.On(Database), filled.Birch.On(Database), filled.Operator);
        app = WebApp.Build(Database, FilledReseller.Formats(), Clock, "http://127.0.0.1:0", work: new HostWork(folder, false, new UploadLimits()));
        Map(app);
        await app.StartAsync();
        Address = WebApp.AddressOf(app);
        foreach (var reseller in new[] { Ash, Birch }) await ConnectAsync(reseller);
    }

    // Filled once; every installation of these tests is a copy.
    static async Task FillAsync(string owner, CancellationToken cancellationToken)
    {
        await using var database = await Database.OpenAsync(owner, null, Host.Installation.Migrations, cancellationToken);
        var ash = await FilledReseller.OpenAsync(database, Clock, "ashes", "zzA-", 441632960000, "three", FilledReseller.Neighbour, FilledReseller.Target);
        var birch = await FilledReseller.OpenAsync(database, Clock, "birch", "zzB-", 441134960000, FilledReseller.Target);
        await using var db = await database.BeginAsync(TenantId.Installation, cancellationToken);
        var person = (await People.AddAsync(db, PersonKind.Staff, "olga@operator.example", "Olga Operator", Role.Operator, null, Clock.GetUtcNow(), cancellationToken)).ValueOrThrow();
        filled = (ash, birch, "oid=" + await Sessions.BeginAsync(db, person, true, "127.0.0.1", "tests", Clock.GetUtcNow(), cancellationToken));
        await db.CommitAsync(cancellationToken);
    }

    // What needs the running app: uploads that wait and that failed, a request for support, a write through the API.
    internal async Task ConnectAsync(FilledReseller reseller)
    {
        var uploads = Services.GetRequiredService<CdrUploads>();
        var clerk = new Actor(ActorKind.Staff, null, reseller.Mark + "own clerk");
        foreach (var (name, text) in new[] { ("odd.txt", "a;b;c\n1;2;3\n"), ("december.csv", $"caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n{reseller.Numbers},442079460000,01/11/2026,10:00:00,60,0.010,{FilledReseller.Csv(reseller.Mark + "own-late")},GBP\n") })
            await uploads.ReceiveAsync(reseller.Tenant.Id, clerk, Guid.NewGuid(), reseller.Mark + "own_" + name, new MemoryStream(Encoding.UTF8.GetBytes(text)), null);
        await using (var db = await Database.BeginAsync(reseller.Tenant.Id))
        {
            var visitor = new Person(new PersonId(999), PersonKind.Staff, "otto@operator.example", reseller.Mark + "own Otto", Role.Operator, null, Clock.GetUtcNow(), null);
            (await SupportDesk.RequestAsync(db, visitor, reseller.Mark + "own reason", Clock.GetUtcNow())).ValueOrThrow();
            await db.CommitAsync();
        }
        using var client = Browse(1);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/accounts/{reseller.AccountNumber(FilledReseller.Target)}/contacts")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { Name = reseller.Mark + "one second", Email = reseller.PlainMark + "one@second.example" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await reseller.KeyAsync("first"));
        request.Headers.Add("Idempotency-Key", reseller.PlainMark + "own-1");
        using var response = await client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A caller with an address of its own on this machine: what is counted by address is counted apart.</summary>
    /// <param name="place">1 to 65,000.</param>
    internal HttpClient Browse(int place) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(new IPAddress([127, 1, (byte)(place >> 8), (byte)place]), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellationToken);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = Address };

    public async Task DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Database.DisposeAsync();
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    sealed class TenthOfNovember : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 10, 9, 30, 0, TimeSpan.Zero);
    }
}
