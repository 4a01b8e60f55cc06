using Billing.Delivery.Rendering;
using Billing.Delivery.Templates;
using Billing.Invoicing.Documents;
using Billing.Tenancy.Tenants;

namespace Billing.Portal.Brands;

/// <summary>A bill of an invented customer in a brand that may not be saved yet, by the template and the printer that real bills come from.</summary>
/// <param name="template">The template bills are posted with.</param>
/// <param name="printer">The printer.</param>
public sealed class BrandPreview(Func<TemplateSet> template, PdfPrinter printer)
{
    /// <summary>Prints the sample.</summary>
    /// <exception cref="PdfException">It could not be printed; the message is for people.</exception>
    /// <exception cref="DocumentTemplateException">The template fails.</exception>
    public Task<byte[]> PrintAsync(Tenant tenant, Brand brand, DateOnly today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var sample = SampleInvoice.Of(tenant with { Brand = brand }, today);
        return printer.PrintAsync(template().Compile().Render("invoice", sample), new PdfOptions(tenant.StartOf(today)), cancellationToken);
    }
}
