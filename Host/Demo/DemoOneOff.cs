namespace Billing.Host.Demo;

/// <summary>A charge or, when negative, a credit of a demo account that is billed once.</summary>
/// <param name="Service">Label of its service; null for the account as a whole.</param>
/// <param name="Product">Code of the product.</param>
/// <param name="Description">As printed.</param>
/// <param name="Amount">Without VAT.</param>
/// <param name="ChargeOn">A run takes it when its cutoff is this day or later.</param>
sealed record DemoOneOff(string? Service, string Product, string Description, decimal Amount, DateOnly ChargeOn);
