namespace Billing.Screens;

/// <summary>A page or endpoint for whoever is signed in as a person, whatever they may do: their own account.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute;
