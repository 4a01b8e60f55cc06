namespace Billing.Delivery.Rendering;

/// <summary>A document to print: complete HTML with everything inside it (styles, and images and fonts as <c>data:</c> addresses).</summary>
/// <param name="Html">The text; its <c>&lt;title&gt;</c> becomes the title of the PDF.</param>
public sealed record PdfSource(string Html, PdfOptions Options);
