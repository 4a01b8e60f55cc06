using Billing.Customers.Services;
using Billing.Invoicing.BillingRuns;
using Billing.Invoicing.Charges;
using Billing.Invoicing.Invoices;
using Billing.Screens.Search;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage.Register;
using Billing.Usage.Trend;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Invoicing;

/// <summary>From a billing run to an issued document.</summary>
public static class InvoicingModule
{
    /// <summary>The work this module does in the background. A posting can't be stopped half-way: what it has posted is law, and the rest belongs to it.</summary>
    public static IEnumerable<JobKind> Jobs(RunJobs runs) =>
    [
        new(RunJobs.DraftKind, "Draft of a billing run", Permission.ViewBilling, MayCancel: true, runs.DraftAsync) { PageOf = subject => "~/runs/" + subject["run/".Length..] },
        new(RunJobs.PostKind, "Posting and printing", Permission.ViewBilling, MayCancel: false, runs.PostAsync) { PageOf = subject => "~/runs/" + subject["run/".Length..] },
    ];

    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(InvoicingModule).Assembly);

    /// <summary>What the module adds to the pages of others.</summary>
    public static IServiceCollection AddInvoicing(this IServiceCollection services) =>
        services.AddSingleton<ISearchSource, InvoiceSearch>().AddSingleton<IChargeHistory, ChargeHistory>().AddSingleton<IInvoiceNames, InvoiceNames>().AddSingleton<IRunPeriods, RunPeriods>();
}
