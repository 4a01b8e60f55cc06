using Billing.Screens.Notices;
using Billing.Screens.Search;
using Billing.Tenancy.Data;
using Billing.Tenancy.Jobs;
using Billing.Tenancy.Users;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Billing.Usage.Uploads;
using Billing.Usage.WhatIf;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Usage;

/// <summary>Call detail records from file to rated call.</summary>
public static class UsageModule
{
    /// <summary>The work this module does in the background.</summary>
    public static IEnumerable<JobKind> Jobs(CdrUploads uploads, ErrorRepair repair) =>
    [
        new(CdrUploads.JobKind, "CDR import", Permission.ViewUsage, MayCancel: false, uploads.ImportAsync) { PageOf = subject => "~/cdrs/uploads/" + subject["upload/".Length..] },
        new(ErrorRepair.RetryKind, "Errors tried again", Permission.ViewUsage, MayCancel: false, repair.RetryAsync) { PageOf = _ => "~/errors#mended" },
        new(ErrorRepair.JobKind, "Re-rating", Permission.ViewUsage, MayCancel: true, repair.RunAsync) { PageOf = _ => "~/errors" },
        new(WhatIfBook.JobKind, "What-if", Permission.ViewBilling, MayCancel: true, WhatIfBook.RunAsync) { PageOf = subject => "~/" + subject },
    ];

    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(UsageModule).Assembly);

    /// <summary>What the module adds to the pages of others.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services) =>
        services.AddSingleton<ISearchSource, FileSearch>().AddSingleton<ISearchSource, ErrorSearch>().AddSingleton<IBanner, PendingFilesBanner>();
}
