namespace Billing.Customers.Endpoints;

/// <summary>A contact in the API.</summary>
sealed record ContactView(long Id, string Name, string? Email, string? Phone, bool IsInvoiceRecipient, int Version);
