using Billing.Screens.Search;
using Billing.Tenancy.Data;
using Billing.Usage.Import;
using Billing.Usage.Matching;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Usage;

/// <summary>Call detail records from file to rated call.</summary>
public static class UsageModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(UsageModule).Assembly);

    /// <summary>What the module adds to the pages of others.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services) =>
        services.AddSingleton<ISearchSource, FileSearch>().AddSingleton<ISearchSource, ErrorSearch>();
}
