namespace Billing.Invoicing.BillingRuns;

/// <summary>An account that posting left out.</summary>
public sealed record ParkedAccount(string Number, string Name, string Reason);
