namespace Billing.Invoicing.Documents;

/// <summary>VAT of one rate.</summary>
/// <param name="Category"><c>standard</c>, <c>reduced</c>, <c>zero</c>, <c>exempt</c> or <c>reverse-charge</c>.</param>
/// <param name="Rate">Percent.</param>
/// <param name="Net">Sum of the lines it applies to.</param>
/// <param name="Vat">Computed once on that sum.</param>
/// <param name="Note">What the law wants said, for example about a reverse charge; or null.</param>
public sealed record InvoiceTax(string Category, decimal Rate, decimal Net, decimal Vat, string? Note);
