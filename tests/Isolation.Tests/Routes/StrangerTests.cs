using Billing.Isolation.Tests.Fixture;
using Billing.Tenancy.Users;
using Xunit.Abstractions;

namespace Billing.Isolation.Tests.Routes;

/// <summary>Every route and every handler of the running app, tried by everybody who has nothing to do with Ash, with Ash's own ids.</summary>
[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class StrangerTests(TwoResellers resellers, ITestOutputHelper output)
{
    [Fact]
    public async Task Nobody_gets_at_another_tenants_rows_or_another_customers_by_any_route()
    {
        var harness = await Harness.OfAsync(resellers);
        var places = PlacesOf(resellers);
        foreach (var stranger in StrangersOf(resellers)) await harness.TryAsync(stranger, places);

        harness.Report(output);
        harness.Problems.Count.ShouldBe(0, harness.Problems.FirstOrDefault());
        harness.Handlers.Count.ShouldBeGreaterThan(120);
        harness.Refused.ShouldBeGreaterThan(harness.Attempts / 2);
    }

    internal static IReadOnlyList<Place> PlacesOf(TwoResellers resellers) =>
    [
        Place.OfficeOf(resellers.Ash), Place.PortalOf(resellers.Ash), Place.PathOf(resellers.Ash), Place.OfficeOf(resellers.Birch), Place.PortalOf(resellers.Birch), Place.Operator,
    ];

    internal static IReadOnlyList<Stranger> StrangersOf(TwoResellers resellers)
    {
        var (ash, birch) = (resellers.Ash, resellers.Birch);
        // Texts, and numbers as they are kept and as they are written.
        string[] all = [ash.Mark, "44163296000", "1632 96000", "163296000"], customers = [ash.Mark + FilledReseller.Target, "441632960002"];
        return
        [
            new("nobody", "", [], all, []),
            new("Birch's admin", birch.Cookies[Role.Admin], [Place.OfficeOf(birch)], all, Role.PermissionsOf(Role.Admin)),
            new("Birch's customer", birch.Cookies[FilledReseller.Target], [Place.PortalOf(birch)], all, [Permission.UsePortal]),
            new("an operator", resellers.Operator, [Place.Operator], all, Role.PermissionsOf(Role.Operator)),
            new("Ash's other customer", ash.Cookies[FilledReseller.Neighbour], [Place.PortalOf(ash)], customers, [Permission.UsePortal]) { IsOfTheHouse = true },
        ];
    }
}
