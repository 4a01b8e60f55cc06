using System.IO.Compression;
using System.Net;
using Billing.Api;
using Billing.Catalog;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Invoicing.BillingRuns;
using Billing.Onboarding;
using Billing.Rating;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Import;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

namespace Billing.Host.Web;

/// <summary>
/// The web app on localhost. There is no sign-in yet, so it listens on the loopback address only, answers to loopback names only, and only
/// shows: whoever can open it may already read the data folder.
/// </summary>
internal static class WebApp
{
    /// <summary>Serves until it is stopped, and says where on standard output.</summary>
    /// <param name="installation">What is served.</param>
    /// <param name="url">Where, for example <c>http://127.0.0.1:5080</c>; port 0 takes a free one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="start">Slug of the tenant whose page is named; null for the first one.</param>
    /// <exception cref="UsageException">The address is not a loopback one, or somebody else listens there.</exception>
    public static async Task RunAsync(Installation installation, string url, CancellationToken cancellationToken, string? start = null)
    {
        await using var app = Build(installation.Database, installation.Plugins.Formats, installation.Clock, url);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException problem)
        {
            throw new UsageException("serve.no-address", $"Can't listen on {url}: {problem.Message} Choose another port with --url.");
        }
        await Console.Out.WriteLineAsync($"Open {AddressOf(app)}{(start is null ? "" : $"{TenantAddress.Prefix[1..]}/{start}/")} in a browser; Ctrl+C stops.");
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Puts the app together; nothing listens until it is started.</summary>
    /// <param name="database">Open and migrated.</param>
    /// <param name="formats">What plugins brought; names files' formats.</param>
    /// <param name="clock">The time.</param>
    /// <param name="url">A loopback address with a port; 0 takes a free one.</param>
    /// <exception cref="UsageException">Not such an address.</exception>
    public static WebApplication Build(Database database, CdrFormatCatalog formats, TimeProvider clock, string url)
    {
        var port = PortOf(url);
        // Nothing from the environment or the working directory: a stray setting must not open the app to the network.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        AddLogging(builder.Logging);
        AddServices(builder.Services, database, formats, clock);

        var app = builder.Build();
        app.UseExceptionHandler("/error/500");
        app.UseMiddleware<LoopbackOnly>();
        app.UseMiddleware<ResponseHeaders>();
        app.UseResponseCompression();
        app.UsePackedAssets();
        app.MapHealth();
        app.MapLook();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseMiddleware<TenantAddress>();
        // Until there is sign-in, whoever can open the app may do what its owner may.
        app.Use((context, next) =>
        {
            var current = context.RequestServices.GetRequiredService<CurrentTenant>();
            if (current.IsKnown) current.Admit(Actor.System, Role.PermissionsOf(Role.Admin));
            return next(context);
        });
        app.UseRouting();
        app.UseApi();
        app.MapRazorPages();
        var api = app.MapApi();
        api.MapCustomersApi();
        api.MapUsageApi();
        api.MapInvoicingApi();
        app.MapInvoicing();
        app.MapBrand();
        return app;
    }

    /// <summary>Where a started app listens, with a slash at the end.</summary>
    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static int PortOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "http", IsLoopback: true, PathAndQuery: "/" }
            ? address.Port
            : throw new UsageException("serve.not-loopback", $"'{url}' is not an address such as http://127.0.0.1:5080. Without sign-in the app is served on this machine only.");

    private static void AddServices(IServiceCollection services, Database database, CdrFormatCatalog formats, TimeProvider clock)
    {
        services.AddSingleton(database).AddSingleton(formats).AddSingleton(clock);
        services.AddSingleton<TenantDirectory>().AddScoped<CurrentTenant>();
        services.AddCustomers().AddUsage().AddInvoicing();
        services.AddSingleton<Menu>().AddSingleton<PageMap>();
        services.AddExceptionHandler<FailureLog>();
        services.AddResponseCompression(options =>
        {
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/csv", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        // No form is posted and nothing is signed yet, so no key is worth keeping in somebody's home folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRouting();
        services.AddApi().AddSingleton<BillingRunBook>();
        services.AddRazorPages().ConfigureApplicationPartManager(manager =>
        {
            // Modules with pages, by name; nothing is searched for.
            manager.ApplicationParts.Clear();
            foreach (var assembly in (System.Reflection.Assembly[])[typeof(WebApp).Assembly, typeof(InvoicingModule).Assembly, typeof(UsageModule).Assembly, typeof(CustomersModule).Assembly, typeof(CatalogModule).Assembly, typeof(RatingModule).Assembly, typeof(OnboardingModule).Assembly])
                foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
                    manager.ApplicationParts.Add(part);
        });
    }

    // What goes wrong is one line on standard error (FailureLog); the framework's own account of it would be a second one, with a stack trace.
    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
