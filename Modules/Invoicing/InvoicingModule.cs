using Billing.Invoicing.Invoices;
using Billing.Screens.Search;
using Billing.Tenancy.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Invoicing;

/// <summary>From a billing run to an issued document.</summary>
public static class InvoicingModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(InvoicingModule).Assembly);

    /// <summary>What the module adds to the pages of others.</summary>
    public static IServiceCollection AddInvoicing(this IServiceCollection services) => services.AddSingleton<ISearchSource, InvoiceSearch>();
}
