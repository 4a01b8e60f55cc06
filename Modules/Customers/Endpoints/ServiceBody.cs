using System.ComponentModel;

namespace Billing.Customers.Endpoints;

/// <summary>A service as a program sends it.</summary>
sealed record ServiceBody(string Label, [property: Description("Name of one of the account's sites.")] string? Site = null);
