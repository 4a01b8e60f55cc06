using System.ComponentModel;

namespace Billing.Customers.Endpoints;

/// <summary>The end of a recurring charge.</summary>
sealed record RecurringEndBody([property: Description("Last day that is charged, included; null takes the end away.")] DateOnly? Through);
