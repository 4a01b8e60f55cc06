using System.Xml.Linq;

namespace Billing.Tidy.Tests.Tree;

/// <summary>Where a package is asked for.</summary>
sealed record PackageUse(string File, string Package, bool StaysOutOfTheProduct)
{
    /// <summary>Reads a <c>PackageReference</c>. One that is private through and through (an analyzer) reaches no customer.</summary>
    public static PackageUse Of(string file, XElement reference) =>
        new(file, (string)reference.Attribute("Include")!, (string?)reference.Attribute("PrivateAssets") == "all");
}
