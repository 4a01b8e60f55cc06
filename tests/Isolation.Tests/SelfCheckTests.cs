using Billing.Isolation.Tests.Fixture;
using Billing.Isolation.Tests.Routes;
using Billing.Isolation.Tests.Tables;
using Billing.Screens;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Billing.Isolation.Tests;

/// <summary>The harness on an installation with holes in it: each of them has to be seen, or the harness holds nothing.</summary>
[Trait("needs", "postgres")]
public sealed class SelfCheckTests(SelfCheckTests.WithHoles resellers) : IClassFixture<SelfCheckTests.WithHoles>
{
    /// <summary>The app with routes that nobody should write.</summary>
    public sealed class WithHoles : TwoResellers
    {
        protected override void Map(WebApplication app)
        {
            ArgumentNullException.ThrowIfNull(app);
            // For everybody, and shows a row.
            app.MapGet("/holes/open", async (CancellationToken cancellationToken) => await NameAsync(cancellationToken)).OpenToAll();
            // For whoever may see accounts, of whatever tenant.
            app.MapGet("/holes/accounts/{id:long}", async (long id, CancellationToken cancellationToken) => await NameAsync(cancellationToken)).Demand(Permission.ViewAccounts);
            app.MapPost("/holes/accounts/{id:long}", async (long id, CancellationToken cancellationToken) =>
            {
                await using var db = await Database.BeginAsync(Ash.Tenant.Id, cancellationToken);
                await db.ExecuteAsync($"update customers.account set payment_days = payment_days + 1 where account_id = {id}", cancellationToken);
                await db.CommitAsync(cancellationToken);
                return Results.NotFound();
            }).Demand(Permission.ViewAccounts);
            // Says nothing of who may ask.
            app.MapGet("/holes/forgotten", () => "nothing to see");
            app.MapGet("/holes/things/{thing}", (string thing) => thing).Demand(Permission.ViewAccounts);
        }

        async Task<string> NameAsync(CancellationToken cancellationToken)
        {
            await using var db = await Database.BeginAsync(Ash.Tenant.Id, cancellationToken);
            return await db.ScalarAsync<string>($"select min(name) from customers.account", cancellationToken);
        }
    }

    [Fact]
    public async Task A_table_whose_policy_is_off_laxer_or_gone_is_seen()
    {
        var rows = new Rows(resellers.OwnerConnectionString);
        (await LeaksAsync()).ShouldBeEmpty();

        await ShowsAsync("alter table catalog.product disable row level security", "alter table catalog.product enable row level security", "catalog.product shows 2 of the victim's rows to another tenant", "catalog.product: another tenant changes 2 rows");
        await ShowsAsync("create policy lax on customers.contact using (true)", "drop policy lax on customers.contact", "of the victim's rows to nobody", "customers.contact: another tenant removes");
        await ShowsAsync("create policy lax on delivery.outbox for insert with check (true)", "drop policy lax on delivery.outbox", "delivery.outbox: another tenant adds, in the victim's name,");
        await ShowsAsync("alter view portal.my_account reset (security_invoker)", "alter view portal.my_account set (security_invoker = true)");
        (await LeaksAsync()).ShouldBeEmpty();

        async Task<IReadOnlyList<string>> LeaksAsync() => await new TableProbe(rows, resellers.Ash.Tenant.Id, resellers.Birch.Tenant.Id).LeaksAsync();

        async Task ShowsAsync(string spoil, string mend, params string[] said)
        {
            await rows.SpoilAsync(spoil);
            var leaks = await LeaksAsync();
            await rows.SpoilAsync(mend);
            foreach (var sentence in said) leaks.ShouldContain(leak => leak.Contains(sentence, StringComparison.Ordinal), spoil);
        }
    }

    [Fact]
    public async Task A_route_that_shows_or_changes_anothers_rows_is_seen()
    {
        var handlers = await HandlerList.OfAsync(resellers.Services);
        var values = await KnownValues.OfAsync(new Rows(resellers.OwnerConnectionString), resellers.Ash);
        var harness = new Harness(resellers, [.. handlers.Where(handler => handler.Route.StartsWith("/holes/", StringComparison.Ordinal) && handler.Parameters.All(place => values.ContainsKey(place.Key)))], values);
        harness.Handlers.Count.ShouldBe(4);
        foreach (var stranger in StrangerTests.StrangersOf(resellers)) await harness.TryAsync(stranger, StrangerTests.PlacesOf(resellers));

        harness.Problems.ShouldContain(problem => problem.StartsWith("nobody at office.ashes.example: GET /holes/open -> 200 shows", StringComparison.Ordinal));
        harness.Problems.ShouldContain(problem => problem.StartsWith("Birch's admin at office.birch.example: GET /holes/accounts/{id:long} -> 200 shows", StringComparison.Ordinal));
        harness.Problems.ShouldContain(problem => problem.StartsWith("Birch's admin at office.birch.example: GET /holes/accounts/{id:long} -> 200, where a refusal was due", StringComparison.Ordinal));
        // It answers like a refusal, and has changed the row.
        harness.Problems.ShouldContain(problem => problem.StartsWith("Birch's admin changed customers.account of Ash", StringComparison.Ordinal));
        // A route that says nothing is refused to everybody.
        harness.Problems.ShouldNotContain(problem => problem.Contains("/holes/forgotten", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_route_with_a_place_nobody_knows_is_seen_and_what_to_add_is_said() =>
        KnownValues.Missing(await HandlerList.OfAsync(resellers.Services)).Single().ShouldStartWith("GET /holes/things/{thing}: add [\"things/thing\"] to KnownValues.Rows");
}
