using System.Text.RegularExpressions;
using Billing.Screens;
using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary>The tenant's own look: its colour as a style sheet (no inline style is allowed), its logo as a picture.</summary>
internal static partial class BrandEndpoints
{
    public static void MapBrand(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/brand.css", (CurrentTenant current) =>
        {
            // Stored text is not trusted to be a colour: a style sheet could fetch and hide things.
            var colour = current.IsKnown && Colour().IsMatch(current.Tenant.Brand.PrimaryColour ?? "") ? current.Tenant.Brand.PrimaryColour : "#33516e";
            return TypedResults.Text($":root {{ --brand: {colour}; }}\n", "text/css; charset=utf-8");
        }).OpenToAll();
        // Loaded by <img>, where an SVG can neither run script nor fetch anything; opened by itself, the page policy forbids both.
        routes.MapGet("/logo.svg", IResult (CurrentTenant current) =>
            current.IsKnown && current.Tenant.Brand.LogoSvg is { } logo ? TypedResults.Text(logo, "image/svg+xml; charset=utf-8") : TypedResults.NotFound()).OpenToAll();
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Colour();
}
