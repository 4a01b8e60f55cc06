using Billing.Isolation.Tests.Fixture;

namespace Billing.Isolation.Tests.Routes;

/// <summary>Somebody whom a reseller's rows are none of their business.</summary>
/// <param name="Name">As reports say it.</param>
/// <param name="Cookie">Their sign-in; empty for nobody.</param>
/// <param name="Home">Where it is good.</param>
/// <param name="Marks">What they must not see, wherever they ask.</param>
/// <param name="Permissions">What they may do at home.</param>
sealed record Stranger(string Name, string Cookie, IReadOnlyList<Place> Home, IReadOnlyList<string> Marks, IReadOnlyList<string> Permissions)
{
    /// <summary>True for those whose own rows lie among those that must not change.</summary>
    public bool IsOfTheHouse { get; init; }
}

/// <summary>An address that the app answers at.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Under">What stands before every path.</param>
/// <param name="Reseller">Whose it is; null for the installation's own.</param>
sealed record Place(string Host, string Under, FilledReseller? Reseller)
{
    public override string ToString() => Host + Under;

    public static Place OfficeOf(FilledReseller reseller) => new(reseller.Office, "", reseller);

    public static Place PortalOf(FilledReseller reseller) => new(reseller.Portal, "", reseller);

    public static Place PathOf(FilledReseller reseller) => new("localhost", "/t/" + reseller.Tenant.Slug, reseller);

    public static Place Operator { get; } = new("localhost", "/operator", null);
}
