namespace Billing.Invoicing.Documents;

/// <summary>How the invoice is paid.</summary>
/// <param name="Method"><c>direct-debit</c>, <c>card</c> or <c>bank-transfer</c>.</param>
/// <param name="Days">Days from the invoice date to the due date.</param>
public sealed record PaymentTerms(string Method, int Days);
