namespace Billing.Customers.Endpoints;

/// <summary>An account's charges in the API.</summary>
sealed record ChargesView(IReadOnlyList<RecurringView> Recurring, IReadOnlyList<OneOffView> OneOff);
