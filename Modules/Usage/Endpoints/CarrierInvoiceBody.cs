using System.ComponentModel;

namespace Billing.Usage.Endpoints;

/// <summary>The carrier's invoice for a file.</summary>
sealed record CarrierInvoiceBody([property: Description("The carrier's number of it.")] string Number, [property: Description("Without VAT.")] decimal Net, [property: Description("Such as GBP.")] string Currency);
