using Microsoft.Extensions.Logging.Console;

namespace Billing.Host.Jobs;

/// <summary>A host that serves no page and does jobs: <c>billing serve --roles worker</c>.</summary>
internal static class WorkerApp
{
    /// <summary>Works until it is stopped.</summary>
    public static async Task RunAsync(Installation installation, HostWork work, CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(installation.Database).AddSingleton(installation.Plugins.Formats).AddSingleton(installation.Clock);
        builder.Services.AddMonth(work);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        using var host = builder.Build();
        await Console.Out.WriteLineAsync("Waiting for jobs; Ctrl+C stops.");
        await host.StartAsync(cancellationToken);
        await host.WaitForShutdownAsync(cancellationToken);
        host.Services.EnsureScheduled();
    }
}
