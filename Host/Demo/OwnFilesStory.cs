using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Abstractions.Values;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Host.Commands;
using Billing.Invoicing.BillingRuns;
using Billing.Rating.RateCards;
using Billing.Tenancy.Tenants;
using Billing.Usage.Import;

namespace Billing.Host.Demo;

/// <summary>
/// Anybody's own carrier files as bills within a minute: one account for each trunk, PBX account or calling number in them, one run for each month.
/// Priced at the carrier's cost plus a mark-up, or by the sample tariff where the files have no cost.
/// </summary>
internal sealed class OwnFilesStory(Installation installation, string source, decimal markup, string outFolder)
{
    private const string CostPlusCode = "cost-plus";

    public async Task<(Tenant Tenant, DemoSummary Summary, JsonObject About)> RunAsync(CancellationToken cancellationToken)
    {
        var paths = File.Exists(source) ? new List<string> { Path.GetFullPath(source) } : Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        if (paths.Count == 0) throw new UsageException("demo.no-files", $"There is no file in '{source}'.");

        var slug = "own-" + await FingerprintAsync(paths, cancellationToken);
        var tenant = await new TenantDirectory(installation.Database).OpenAsync(DemoReseller.Tenant with { Slug = slug }, cancellationToken);
        var scan = await ScanAsync(tenant, paths, cancellationToken);
        await StoreAsync(tenant, scan, cancellationToken);

        var imports = new DemoImports(installation, tenant);
        await imports.RunAsync(paths, cancellationToken);
        foreach (var (name, why) in imports.Refused.Where(r => r.Why.Code != "usage.file-known")) Console.Error.WriteLine($"  {name}: {why}");

        var billing = new DemoBilling(installation, tenant);
        foreach (var month in scan.Months)
            await billing.RunAsync(new BillingRunFields(month.AddMonths(1), month.AddMonths(1).AddDays(-1), null, null), cancellationToken);
        await billing.PrintAsync(Path.Combine(outFolder, "invoices"), cancellationToken);

        var runs = await new BillingRunBook(installation.Database, installation.Clock).ListAsync(tenant, cancellationToken);
        await using var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken);
        var summary = await DemoSummary.ReadAsync(db, tenant, runs, [.. paths.Select(p => Path.GetFileName(p))], imports, cancellationToken);
        return (tenant, summary, new JsonObject
        {
            ["files"] = paths.Count,
            ["tenant"] = tenant.Slug,
            ["currency"] = tenant.Currency.Code,
            ["markupPercent"] = markup.ToString(CultureInfo.InvariantCulture),
        });
    }

    // The same files at the same mark-up are the same tenant: run again, they are billed already. Other ones start afresh.
    private async Task<string> FingerprintAsync(List<string> paths, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(markup.ToString(CultureInfo.InvariantCulture)));
        foreach (var path in paths) hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken)));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..10];
    }

    private async Task<IdentityScan> ScanAsync(Tenant tenant, List<string> paths, CancellationToken cancellationToken)
    {
        var scan = new IdentityScan(tenant);
        using var bar = new ProgressBar("Looking who is in the files", paths.Count, installation.Clock);
        foreach (var path in paths)
        {
            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            if (installation.Plugins.Formats.Choose(Path.GetFileName(path), content, null).TryGet(out var format, out _)) scan.Read(format, Path.GetFileName(path), content);
            bar.Step();
        }
        return scan;
    }

    private async Task StoreAsync(Tenant tenant, IdentityScan scan, CancellationToken cancellationToken)
    {
        await using var db = await installation.Database.BeginAsync(tenant.Id, cancellationToken);
        if ((await AccountList.LoadAsync(db, cancellationToken)).Count > 0) return;
        using var bar = new ProgressBar("Making an account for each", scan.Circuits.Count + scan.Numbers.Count, installation.Clock);
        var now = installation.Clock.GetUtcNow();
        var sample = await TariffShelf.PublishAsync(db, TariffShelf.DefaultCode, await File.ReadAllTextAsync(Home.File(ResellerStory.SampleTariff), cancellationToken), now, cancellationToken);
        var costPlus = await TariffShelf.PublishAsync(db, CostPlusCode, CostPlusTariff(tenant), now, cancellationToken);
        var everyDay = new DateInterval(new DateOnly(1990, 1, 1), null);
        var count = 0;

        foreach (var (circuit, isPriced) in scan.Circuits)
            await ServiceList.AssignCircuitAsync(db, await OpenAsync(circuit, isPriced), circuit, everyDay, cancellationToken);
        foreach (var (digits, isPriced) in scan.Numbers)
            if (E164Number.TryCreate(digits, out var number))
                await ServiceList.AssignNumbersAsync(db, await OpenAsync(number.ToString(), isPriced), number, number, everyDay, cancellationToken);
        await db.CommitAsync(cancellationToken);

        async Task<ServiceId> OpenAsync(string identity, bool isPriced)
        {
            var account = await AccountList.AddAsync(db, new NewAccount(string.Create(CultureInfo.InvariantCulture, $"A{++count:00000}"), identity, isPriced ? costPlus : sample, everyDay.From)
            {
                Sites = [new Site("Billing address", ["Address not known to the carrier's file"], IsBilling: true)],
            }, cancellationToken);
            bar.Report(count);
            return await ServiceList.AddAsync(db, account, identity, "Billing address", cancellationToken);
        }
    }

    private string CostPlusTariff(Tenant tenant) => new JsonObject
    {
        ["formatVersion"] = 1,
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"Carrier's cost plus {markup} %"),
        ["currency"] = tenant.Currency.Code,
        ["timeZone"] = tenant.TimeZone.Id,
        ["rounding"] = new JsonObject { ["mode"] = "half-up", ["unit"] = "0.0001", ["level"] = "call" },
        ["costMarkup"] = new JsonObject { ["percent"] = markup.ToString(CultureInfo.InvariantCulture) },
        ["rates"] = new JsonArray(),
    }.ToJsonString();
}
