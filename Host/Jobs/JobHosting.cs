using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Quartz;

namespace Billing.Host.Jobs;

/// <summary>Background jobs on this host: Quartz with its clustered store in our database (docs/decisions/0012-jobs.md).</summary>
internal static class JobHosting
{
    /// <summary>The tables of Quartz, which the owner makes.</summary>
    public static Migration Tables { get; } = new("host/0001-quartz", Text());

    /// <summary>Adds the scheduler.</summary>
    /// <param name="services">With <see cref="Database"/> and <see cref="TimeProvider"/> in them.</param>
    /// <param name="works">True to do jobs here; false only to ask for them.</param>
    /// <param name="kinds">What can be done.</param>
    public static void AddJobs(this IServiceCollection services, bool works, Func<IServiceProvider, IEnumerable<JobKind>> kinds)
    {
        services.AddSingleton(provider => new JobKinds(kinds(provider)));
        services.AddSingleton(provider => new JobRunner(provider.GetRequiredService<Database>(), provider.GetRequiredService<JobKinds>(), provider.GetRequiredService<TimeProvider>(),
            (fault, reference) => Log(provider.GetRequiredService<ILogger<JobRunner>>(), fault, reference)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<JobSchedule>(provider, new JobDuty(works)));
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "billing";
                scheduler.GenerateInstanceId = true;
                // Asked to stop, a job hands its work back and another host goes on with it.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs;
            });
            // A job is mostly the database's work; a few at once keep it busy and leave the pages their share.
            quartz.UseDefaultThreadPool(Math.Clamp(Environment.ProcessorCount, 2, 8));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<Database>().Pool);
                store.ConfigureStore(options => options.TablePrefix = "quartz.");
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = TimeSpan.FromSeconds(3);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(6);
                });
            });
        });
        services.AddHostedService(provider => provider.GetRequiredService<JobSchedule>());
    }

    /// <summary>Throws when this host stopped because its scheduler could not begin; a host that nobody's jobs reach would look well and do nothing.</summary>
    /// <exception cref="UsageException">It could not.</exception>
    public static void EnsureScheduled(this IServiceProvider services)
    {
        if (services.GetRequiredService<JobSchedule>().ExecuteTask is not { IsFaulted: true } failed) return;
        throw new UsageException("jobs.not-scheduled", $"The scheduler of jobs could not begin, so this host has stopped: {failed.Exception!.GetBaseException().Message.ReplaceLineEndings(" ")}");
    }

    private static void Log(ILogger log, Exception fault, string reference) =>
        log.LogError(Environment.GetEnvironmentVariable("BILLING_TRACE") is null ? null : fault, "A job failed: {Message} (reference {Reference})", fault.Message.ReplaceLineEndings(" "), reference);

    private static string Text()
    {
        using var reader = new StreamReader(typeof(JobHosting).Assembly.GetManifestResourceStream("Billing.Host.Jobs.quartz-tables.sql")!);
        return reader.ReadToEnd();
    }
}
