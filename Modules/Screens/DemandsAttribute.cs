using Billing.Tenancy.Users;

namespace Billing.Screens;

/// <summary>
/// The permission that a page, a page handler or an endpoint demands. Every route of the application has one, or says that it is open to
/// all; one that says neither is refused to everybody. A handler's own demand is added to its page's.
/// </summary>
/// <param name="permission">One of <see cref="Permission"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class DemandsAttribute(string permission) : Attribute
{
    /// <summary>One of <see cref="Tenancy.Users.Permission"/>.</summary>
    public string Permission { get; } = permission;
}
