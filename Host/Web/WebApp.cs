using System.IO.Compression;
using System.Net;
using Billing.Access;
using Billing.Api;
using Billing.Catalog;
using Billing.Customers;
using Billing.Delivery.Templates;
using Billing.Host.Commands;
using Billing.Host.Jobs;
using Billing.Host.Plugins;
using Billing.Invoicing;
using Billing.Invoicing.BillingRuns;
using Billing.Onboarding;
using Billing.Portal;
using Billing.Rating;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Import;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

namespace Billing.Host.Web;

/// <summary>
/// The web app. It speaks plain HTTP, so it listens on the loopback address; elsewhere only behind a reverse proxy that is named in the
/// settings, brings TLS, and is the only one who can reach it.
/// </summary>
internal static class WebApp
{
    private static readonly System.Reflection.Assembly[] WithPages =
    [
        typeof(WebApp).Assembly,
        typeof(AccessModule).Assembly,
        typeof(ApiModule).Assembly,
        typeof(CatalogModule).Assembly,
        typeof(CustomersModule).Assembly,
        typeof(InvoicingModule).Assembly,
        typeof(OnboardingModule).Assembly,
        typeof(PortalModule).Assembly,
        typeof(RatingModule).Assembly,
        typeof(UsageModule).Assembly,
    ];

    private static readonly TimeSpan PagesFirst = TimeSpan.FromSeconds(1);

    /// <summary>Serves until it is stopped, and says where on standard output.</summary>
    /// <param name="opening">What is served. While its database opens, the pages are put together.</param>
    /// <param name="url">Where, for example <c>http://127.0.0.1:5080</c>; port 0 takes a free one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="work">What is done in the background here.</param>
    /// <param name="start">Slug of the tenant whose page is named; null for the first one.</param>
    /// <param name="settings">Host names and proxies; null for this machine alone.</param>
    /// <exception cref="UsageException">The address is not a loopback one, or somebody else listens there.</exception>
    public static async Task RunAsync(Task<Installation> opening, string url, HostWork work, CancellationToken cancellationToken, string? start = null, WebSettings? settings = null)
    {
        // Nobody asks for these before the app starts; who would, would wait.
        await using var app = Build(TimeProvider.System, url, settings, work, services => services
            .AddSingleton(_ => opening.GetAwaiter().GetResult().Database)
            .AddSingleton(_ => opening.GetAwaiter().GetResult().Plugins.Formats)
            .AddSingleton(_ => new PluginShelf(opening.GetAwaiter().GetResult().Plugins.Plugins)));
        var installation = await opening;
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException problem)
        {
            throw new UsageException("serve.no-address", $"Can't listen on {url}: {problem.Message} Choose another port with --url.");
        }
        await Console.Out.WriteLineAsync($"Open {AddressOf(app)}{(start is null ? "" : $"{TenantAddress.Prefix[1..]}/{start}/")} in a browser; Ctrl+C stops.");
        await new FirstPeople(installation.Database, installation.Clock).SayAsync(start, AddressOf(app), Console.Out, cancellationToken);
        // Plugins take a while as well, and are first wanted when a file comes; but what is wrong with one should be said without waiting for that.
        _ = Task.Run(async () =>
        {
            await Task.Delay(PagesFirst, cancellationToken);
            _ = installation.Plugins;
        }, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        app.Services.EnsureScheduled();
    }

    /// <summary>Puts the app together; nothing listens until it is started.</summary>
    /// <param name="database">Open and migrated.</param>
    /// <param name="formats">What plugins brought; names files' formats.</param>
    /// <param name="clock">The time.</param>
    /// <param name="url">A loopback address with a port; 0 takes a free one. Another address where proxies are named.</param>
    /// <param name="settings">Host names and proxies; null for this machine alone.</param>
    /// <param name="plugins">For the page that shows them.</param>
    /// <param name="work">What is done in the background here; null for nothing.</param>
    /// <exception cref="UsageException">Not such an address.</exception>
    public static WebApplication Build(
        Database database, CdrFormatCatalog formats, TimeProvider clock, string url, WebSettings? settings = null, IReadOnlyList<HostedPlugin>? plugins = null, HostWork? work = null) =>
        Build(clock, url, settings, work ?? HostWork.None, services => services.AddSingleton(database).AddSingleton(formats).AddSingleton(new PluginShelf(plugins ?? [])));

    private static WebApplication Build(TimeProvider clock, string url, WebSettings? settings, HostWork work, Action<IServiceCollection> addInstallation)
    {
        settings ??= new WebSettings();
        var place = PlaceOf(url, settings);
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
            kestrel.Listen(place, listen => listen.Protocols = HttpProtocols.Http1);
        });
        AddLogging(builder.Logging);
        addInstallation(builder.Services);
        AddServices(builder.Services);
        builder.Services.AddSingleton(settings).AddSingleton(clock);
        builder.Services.AddMonth(work);

        var app = builder.Build();
        if (settings.Proxies.Count > 0) app.UseForwardedHeaders(TrustOnly(settings.Proxies));
        app.UseExceptionHandler("/error/500");
        app.UseMiddleware<ServedHosts>();
        app.UseMiddleware<ResponseHeaders>();
        app.UseResponseCompression();
        app.UsePackedAssets();
        app.MapHealth();
        app.MapLook();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseMiddleware<TenantAddress>();
        app.UsePortal();
        app.UseApiRoutes();
        app.UseRouting();
        app.UseApi();
        app.UseAccess();
        app.MapApi(api =>
        {
            api.MapCustomersApi();
            api.MapRatingApi();
            api.MapCatalogApi();
            api.MapUsageApi();
            api.MapInvoicingApi();
        });
        app.MapInvoicing();
        app.MapPortal();
        app.MapRazorPages();
        return app;
    }

    /// <summary>Where a started app listens, with a slash at the end.</summary>
    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static IPEndPoint PlaceOf(string url, WebSettings settings)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "http", PathAndQuery: "/" })
        {
            if (address.IsLoopback) return new IPEndPoint(IPAddress.Loopback, address.Port);
            if (settings.Proxies.Count > 0 && IPAddress.TryParse(address.Host.Trim('[', ']'), out var place)) return new IPEndPoint(place, address.Port);
        }
        throw new UsageException("serve.not-loopback",
            $"'{url}' is not an address such as http://127.0.0.1:5080. Passwords do not go over a network in plain HTTP: another address is taken only with --proxy, behind a proxy that brings TLS.");
    }

    private static ForwardedHeadersOptions TrustOnly(IReadOnlyList<IPAddress> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, ForwardLimit = 1 };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies) options.KnownProxies.Add(proxy);
        return options;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<TenantDirectory>().AddScoped<CurrentTenant>();
        services.AddCustomers().AddUsage().AddInvoicing();
        services.AddPortal(() => TemplateSet.Read(Home.File(RunCommands.StandardTemplate)));
        services.AddSingleton<Menu>().AddSingleton<PageMap>();
        services.AddExceptionHandler<FailureLog>();
        services.AddResponseCompression(options =>
        {
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/csv", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.AddRouting();
        services.AddApi().AddSingleton<BillingRunBook>();
        services.AddAccess();
        services.AddRazorPages().ConfigureApplicationPartManager(manager =>
        {
            // Modules with pages, by name; nothing is searched for.
            manager.ApplicationParts.Clear();
            foreach (var assembly in WithPages)
                foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
                    manager.ApplicationParts.Add(part);
        });
        // Eager reading of all pages gives way to PageOnDemand (docs/decisions/0015-start.md).
        services.Remove(services.Single(service => service.ServiceType == typeof(IActionDescriptorProvider) && service.ImplementationType?.Name == "CompiledPageActionDescriptorProvider"));
        services.AddSingleton<IActionDescriptorProvider, PageActionDescriptorProvider>().AddSingleton<MatcherPolicy, PageOnDemand>();
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
        // Said once more for the framework, so that a lower minimum for our own lines does not bring its: it writes addresses with their queries, in which the
        // keys of one-time links stand, and what handlers are called with, passwords among it.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
