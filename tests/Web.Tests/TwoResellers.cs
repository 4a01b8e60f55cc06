namespace Billing.Web.Tests;

/// <summary>Alder has three invoices, one of them not printed, and a parked account; Birch has one invoice.</summary>
public sealed class TwoResellers : IAsyncLifetime
{
    public Installation Installation { get; private set; } = null!;

    public async Task InitializeAsync() => Installation = await Installation.StartAsync(async (database, clock) =>
    {
        await Some.BilledTenantAsync(database, clock, Some.Reseller("alder", "Alder Telecom"), Some.Script, Some.Formula, Some.Accented, "In Credit Ltd");
        await Some.BilledTenantAsync(database, clock, Some.Reseller("birch", "Birch Voice"), "Only Birch's", "Birch's other", "In Credit Ltd");
    });

    public async Task DisposeAsync() => await Installation.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SharedResellers : ICollectionFixture<TwoResellers>
{
    public const string Name = "two resellers";
}
