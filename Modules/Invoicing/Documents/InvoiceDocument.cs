namespace Billing.Invoicing.Documents;

/// <summary>
/// An invoice as data: what templates show, what is frozen and hashed at posting, and what every other view (PDF, CSV, e-invoice) is made
/// from. Names follow EN 16931 where it has one. In templates and JSON every name is in snake case: <c>invoice.due_on</c>.
/// </summary>
/// <param name="Number">The legal number; <c>DRAFT-n</c> before posting.</param>
/// <param name="IsDraft">True before posting: the document is not a VAT invoice and says so.</param>
/// <param name="InvoiceDate">The printed date.</param>
/// <param name="TaxPoint">The day that decides the VAT rates.</param>
/// <param name="DueOn">Payable by this day, included.</param>
/// <param name="Currency">ISO code; every amount is in it.</param>
/// <param name="Message">Text above the figures, or null.</param>
/// <param name="Seller">The reseller.</param>
/// <param name="Buyer">The customer.</param>
/// <param name="Payment">How it is going to be paid.</param>
/// <param name="Lines">What is charged, in printing order; their nets add up to <see cref="Net"/>.</param>
/// <param name="Groups">The same by kind, for the front page.</param>
/// <param name="Taxes">VAT by rate; they add up to <see cref="Vat"/>.</param>
/// <param name="Net">Sum of the lines.</param>
/// <param name="Vat">Sum of the taxes.</param>
/// <param name="Gross">Net plus VAT.</param>
/// <param name="Usage">The calls behind the usage lines; null when there are none.</param>
public sealed record InvoiceDocument(
    string Number,
    bool IsDraft,
    DateOnly InvoiceDate,
    DateOnly TaxPoint,
    DateOnly DueOn,
    string Currency,
    string? Message,
    Seller Seller,
    Buyer Buyer,
    PaymentTerms Payment,
    IReadOnlyList<InvoiceLine> Lines,
    IReadOnlyList<InvoiceGroup> Groups,
    IReadOnlyList<InvoiceTax> Taxes,
    decimal Net,
    decimal Vat,
    decimal Gross,
    UsageStatement? Usage);
