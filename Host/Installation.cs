using Billing.Api;
using Billing.Catalog;
using Billing.Customers;
using Billing.Delivery;
using Billing.Host.Jobs;
using Billing.Host.Plugins;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Onboarding;
using Billing.Portal;
using Billing.Rating;
using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Data.Embedded;
using Billing.Usage;
using Billing.Usage.Uploads;

namespace Billing.Host;

/// <summary>This installation while it runs: its database, its plugins, its clock.</summary>
internal sealed class Installation : IAsyncDisposable
{
    /// <summary>Raised when the embedded database's files change their form; an older build refuses a newer folder.</summary>
    private const int DataVersion = 1;

    private readonly EmbeddedPostgres? embedded;
    private readonly Lazy<PluginHost> plugins;

    private Installation(EmbeddedPostgres? embedded, Database database, Lazy<PluginHost> plugins, string dataFolder, string ownerConnection)
    {
        DataFolder = dataFolder;
        OwnerConnection = ownerConnection;
        this.embedded = embedded;
        Database = database;
        this.plugins = plugins;
    }

    public Database Database { get; }

    /// <summary>Loaded by whoever asks first: most who start the program want something else first.</summary>
    public PluginHost Plugins => plugins.Value;

    /// <summary>How another process of this program reaches the same database: with the owner's rights, so it is a secret.</summary>
    public string OwnerConnection { get; }

    /// <summary>Where its files are that are not in the database.</summary>
    public string DataFolder { get; }

    /// <summary>Everything, with the usual limits.</summary>
    public HostWork Work => new(DataFolder, true, new UploadLimits());

    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>Every module's schema, lower modules first.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        JobHosting.Tables,
        .. TenancyModule.Migrations,
        .. ApiModule.Migrations,
        .. RatingModule.Migrations,
        .. CatalogModule.Migrations,
        .. CustomersModule.Migrations,
        .. UsageModule.Migrations,
        .. LedgerModule.Migrations,
        .. DeliveryModule.Migrations,
        .. InvoicingModule.Migrations,
        .. OnboardingModule.Migrations,
        .. PortalModule.Migrations,
    ];

    /// <summary>Opens the database (a private one under the data folder, unless ConnectionStrings__Billing names another) and migrates it.</summary>
    public static async Task<Installation> OpenAsync(string dataFolder, Action<string> say, CancellationToken cancellationToken)
    {
        // A list that can't be read stops the start, so it is read now; what it lists can wait.
        var list = Home.File("plugins.json");
        var manifest = PluginManifest.Read(list);
        var plugins = new Lazy<PluginHost>(() =>
        {
            var host = PluginHost.Load(manifest, list);
            foreach (var plugin in host.Plugins.Where(p => p.State == PluginState.Quarantined)) say($"plugin {plugin.Entry.Id} is switched off: {plugin.Reason}");
            return host;
        });
        var connection = Environment.GetEnvironmentVariable("ConnectionStrings__Billing");
        EmbeddedPostgres? embedded = null;
        if (string.IsNullOrWhiteSpace(connection))
        {
            embedded = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = dataFolder, DataVersion = DataVersion, Progress = say }, cancellationToken);
            connection = embedded.OwnerConnectionString;
        }
        try
        {
            var app = Environment.GetEnvironmentVariable("ConnectionStrings__BillingApp");
            var database = await Database.OpenAsync(connection, string.IsNullOrWhiteSpace(app) ? null : app, Migrations, cancellationToken);
            return new Installation(embedded, database, plugins, Path.GetFullPath(dataFolder), connection);
        }
        catch
        {
            if (embedded is not null) await embedded.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (embedded is not null) await embedded.DisposeAsync();
    }
}
