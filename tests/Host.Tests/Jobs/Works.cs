using Billing.Abstractions.Values;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Testing;

namespace Billing.Host.Tests.Jobs;

/// <summary>A tenant on a real PostgreSQL that has work to be done.</summary>
internal sealed class Works : IAsyncDisposable
{
    private readonly TestDatabase server;

    private Works(TestDatabase server, Database database, TenantId tenant) => (this.server, Database, Tenant) = (server, database, tenant);

    public Database Database { get; }

    public TenantId Tenant { get; }

    public string OwnerConnectionString => server.OwnerConnectionString;

    public List<string> Faults { get; } = [];

    public static async Task<Works> OpenAsync()
    {
        var server = await new PostgresFixture().CreateDatabaseAsync("jobs", async (owner, cancellationToken) =>
            await (await Database.OpenAsync(owner, null, Installation.Migrations, cancellationToken)).DisposeAsync());
        var database = await Database.OpenAsync(server.OwnerConnectionString, null, Installation.Migrations, CancellationToken.None);
        var tenant = await new TenantDirectory(database).OpenAsync(new NewTenant("test", "Test", "Test Ltd", ["1 High Street"], "GB", null, null, "GBP", "Europe/London",
            new Brand(null, "#123456", "#654321", null, null, null, [], null)));
        return new Works(server, database, tenant.Id);
    }

    public JobRunner Runner(params JobKind[] kinds) => new(Database, new JobKinds(kinds), TimeProvider.System, (fault, _) => Faults.Add(fault.Message));

    public async Task<JobId> RequestAsync(string kind, string subject, Actor actor, object? arguments = null, bool mayCancel = false)
    {
        await using var db = await Database.BeginAsync(Tenant, actor);
        var (id, _) = await JobBook.RequestAsync(db, kind, subject, arguments ?? new { }, TimeProvider.System.GetUtcNow(), mayCancel);
        await db.CommitAsync();
        return id;
    }

    public async Task<Result<JobState>> CancelAsync(JobId id)
    {
        await using var db = await Database.BeginAsync(Tenant);
        var state = await JobBook.CancelAsync(db, id, TimeProvider.System.GetUtcNow());
        await db.CommitAsync();
        return state;
    }

    public async Task<Job> FindAsync(JobId id)
    {
        await using var db = await Database.BeginAsync(Tenant);
        return (await JobBook.FindAsync(db, id)).ShouldNotBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await server.DisposeAsync();
    }
}
