using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Portal.Brands;
using Billing.Tenancy.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Billing.Portal;

/// <summary>The customers' own pages, and how the tenant looks to them.</summary>
public static class PortalModule
{
    /// <summary>The module's schema.</summary>
    public static IEnumerable<Migration> Migrations => Migration.Of(typeof(PortalModule).Assembly);

    /// <summary>Registers what the pages need.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="template">The template bills are posted with; asked for at each preview, so that an edited one shows.</param>
    public static IServiceCollection AddPortal(this IServiceCollection services, Func<TemplateSet> template)
    {
        services.TryAddSingleton(_ => new PdfPrinter(new PdfPrinterSettings()));
        return services.AddSingleton(provider => new BrandPreview(template, provider.GetRequiredService<PdfPrinter>()));
    }

    /// <summary>Closes customers' host names to everything but the portal. After the tenant is chosen, before the route is.</summary>
    public static IApplicationBuilder UsePortal(this IApplicationBuilder app) => app.UseMiddleware<PortalHost>();
}
