using Billing.Api.Webhooks;
using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Host.Commands;
using Billing.Invoicing;
using Billing.Invoicing.BillingRuns;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Billing.Usage;
using Billing.Usage.Arrivals;
using Billing.Usage.Matching;
using Billing.Usage.RatedCalls;
using Billing.Usage.Uploads;

namespace Billing.Host.Jobs;

/// <summary>What the month's work needs: uploads, repairs, runs, the jobs they ask for, and the webhooks that hear of it.</summary>
internal static class MonthServices
{
    private static readonly TimeSpan WebhooksEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ArrivalsEvery = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan CallPartsEvery = TimeSpan.FromHours(1);

    private static readonly TimeSpan CleanUpEvery = TimeSpan.FromHours(1);

    /// <summary>Adds them.</summary>
    /// <param name="services">With the database, the formats and the clock in them.</param>
    /// <param name="work">What this host does.</param>
    public static void AddMonth(this IServiceCollection services, HostWork work)
    {
        services.AddSingleton(new UploadFolder(work.DataFolder)).AddSingleton(work.Limits);
        services.AddSingleton<CdrUploads>().AddSingleton<ErrorRepair>().AddSingleton<RunGates>();
        services.AddSingleton(new WebhookSettings(work.ReachesPrivateAddresses)).AddSingleton<WebhookSender>().AddSingleton(new RepeatedWork("webhooks", typeof(WebhookJob), WebhooksEvery));
        services.AddSingleton<ArrivalWatch>().AddSingleton(new RepeatedWork("arrivals", typeof(ArrivalJob), ArrivalsEvery));
        services.AddSingleton<CallParts>().AddSingleton(new RepeatedWork("call-parts", typeof(CallPartsJob), CallPartsEvery));
        services.AddSingleton<OldDeliveries>().AddSingleton<PastSignIns>().AddSingleton(new RepeatedWork("clean-up", typeof(CleanUpJob), CleanUpEvery));
        services.AddSingleton(_ => new PdfPrinter(new PdfPrinterSettings()));
        services.AddSingleton(provider => new RunJobs(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>(),
            () => TemplateSet.Read(Home.File(RunCommands.StandardTemplate)), provider.GetRequiredService<PdfPrinter>()));
        services.AddJobs(work.IsWorker, provider =>
        [
            .. UsageModule.Jobs(provider.GetRequiredService<CdrUploads>(), provider.GetRequiredService<ErrorRepair>()),
            .. InvoicingModule.Jobs(provider.GetRequiredService<RunJobs>()),
        ]);
    }
}
