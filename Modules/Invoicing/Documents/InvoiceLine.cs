namespace Billing.Invoicing.Documents;

/// <summary>One line of an invoice.</summary>
/// <param name="Line">From 1, in printing order.</param>
/// <param name="Kind"><c>recurring</c>, <c>one-off</c> or <c>usage</c>.</param>
/// <param name="Description">What it is.</param>
/// <param name="Service">The service it is for, as the customer calls it; null for the account as a whole.</param>
/// <param name="Quantity">How many; calls for usage.</param>
/// <param name="UnitPrice">One of them for a whole period, without VAT; null for usage.</param>
/// <param name="Period">The days it covers, or null.</param>
/// <param name="Proration">How a part period was priced, for example <c>16 of 31 days</c>; null for a whole one.</param>
/// <param name="Net">Without VAT, rounded to the coin.</param>
/// <param name="TaxCategory"><c>standard</c>, <c>reduced</c>, <c>zero</c>, <c>exempt</c> or <c>reverse-charge</c>.</param>
/// <param name="TaxRate">Percent.</param>
/// <param name="NominalCode">The revenue account of the books.</param>
public sealed record InvoiceLine(
    int Line,
    string Kind,
    string Description,
    string? Service,
    decimal Quantity,
    decimal? UnitPrice,
    PrintedPeriod? Period,
    string? Proration,
    decimal Net,
    string TaxCategory,
    decimal TaxRate,
    string NominalCode);
