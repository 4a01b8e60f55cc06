namespace Billing.Tenancy;

/// <summary>A reseller on this installation.</summary>
/// <param name="Value">As stored; never shown to a customer.</param>
public readonly record struct TenantId(int Value)
{
    /// <summary>The installation itself, whose people are the operators. In no list of tenants.</summary>
    public static TenantId Installation { get; } = new(0);
}
