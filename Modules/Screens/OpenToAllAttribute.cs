namespace Billing.Screens;

/// <summary>A page or endpoint that anybody may ask for, signed in or not: signing in, error pages, a tenant's colours.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAllAttribute : Attribute;
