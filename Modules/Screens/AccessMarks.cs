using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;

namespace Billing.Screens;

/// <summary>Says of an endpoint who may ask for it. One that says nothing is refused to everybody.</summary>
public static class AccessMarks
{
    /// <summary>Demands a permission, besides those demanded already.</summary>
    /// <param name="endpoint">One endpoint or a group.</param>
    /// <param name="permission">One of <see cref="Permission"/>.</param>
    public static T Demand<T>(this T endpoint, string permission)
        where T : IEndpointConventionBuilder
    {
        if (!Permission.All.Contains(permission)) throw new ArgumentException($"There is no permission '{permission}'.", nameof(permission));
        return endpoint.WithMetadata(new DemandsAttribute(permission));
    }

    /// <summary>Opens it to everybody, signed in or not.</summary>
    public static T OpenToAll<T>(this T endpoint)
        where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new OpenToAllAttribute());
}
