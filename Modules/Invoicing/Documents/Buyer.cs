namespace Billing.Invoicing.Documents;

/// <summary>The customer as printed.</summary>
/// <param name="AccountNumber">Its account number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">The billing address, line by line.</param>
/// <param name="VatNumber">Its VAT number; named by a reverse charge.</param>
public sealed record Buyer(string AccountNumber, string Name, IReadOnlyList<string> Address, string? VatNumber);
