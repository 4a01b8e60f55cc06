using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Host;
using Billing.Host.Demo;
using Billing.Rating.RateCards;
using Billing.Tenancy.Tenants;
using Billing.Usage.Import;

namespace Billing.Bench;

/// <summary>A reseller whose customers have the numbers that <see cref="CallFile"/> lets call.</summary>
/// <param name="Installation">Where.</param>
/// <param name="Tenant">Who.</param>
/// <param name="Deck">Its tariff's prefixes.</param>
/// <param name="Files">Makes its files.</param>
internal sealed record IngestTown(Installation Installation, Tenant Tenant, Deck Deck, CallFile Files)
{
    private const int Accounts = 1_000, NumbersEach = 20;

    public static async Task<IngestTown> BuildAsync(Installation installation, BenchOptions options)
    {
        var deck = new Deck(options.Seed, 5_000);
        var tenant = await new TenantDirectory(installation.Database).OpenAsync(DemoReseller.Tenant, CancellationToken.None);
        await using var db = await installation.Database.BeginAsync(tenant.Id, CancellationToken.None);
        var tariff = await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, deck.Document(), installation.Clock.GetUtcNow(), CancellationToken.None);
        for (var i = 0; i < Accounts; i++)
        {
            var account = await AccountList.AddAsync(db, new NewAccount($"B{i:0000}", $"Customer {i}", tariff, new DateOnly(2026, 1, 1)), CancellationToken.None);
            var service = await ServiceList.AddAsync(db, account, "Lines", null, CancellationToken.None);
            var first = CallFile.FirstNumber + (ulong)(i * NumbersEach);
            await ServiceList.AssignNumbersAsync(db, service, Number(first), Number(first + NumbersEach - 1), new DateInterval(new DateOnly(2026, 1, 1), null), CancellationToken.None);
        }
        await db.CommitAsync(CancellationToken.None);
        return new IngestTown(installation, tenant, deck, new CallFile(options.Seed, deck.Prefixes, Accounts * NumbersEach));
    }

    /// <summary>Imports a file and gives the number of priced calls back.</summary>
    public async Task<long> ImportAsync(string name, byte[] content)
    {
        var import = new CdrImport(Installation.Database, Installation.Plugins.Formats, Installation.Clock);
        var imported = (await import.ImportAsync(Tenant, name, content, "uk-prerated-8col")).ValueOrThrow();
        return imported.FileId;
    }

    private static E164Number Number(ulong digits) => E164Number.TryCreate(digits, out var number) ? number : throw new InvalidOperationException($"{digits} is no number");
}
