using System.Net;
using Billing.Api.Keys;
using Billing.Isolation.Tests.Fixture;
using Billing.Isolation.Tests.Web;
using Billing.Tenancy.Users;
using Xunit.Abstractions;

namespace Billing.Isolation.Tests.Routes;

/// <summary>Every operation of the API, with no key, with another tenant's, and with keys of the tenant's own that may do one thing less or that thing alone.</summary>
[Trait("needs", "postgres")]
public sealed class KeyTests(KeyTests.Own resellers, ITestOutputHelper output) : IClassFixture<KeyTests.Own>
{
    public sealed class Own : TwoResellers;

    /// <summary>Operations that look at what they are about, and need the permission for that too.</summary>
    static readonly Dictionary<string, string[]> Besides = new(StringComparer.Ordinal)
    {
        // A job is there for who may see what it works on; an event is told to who may see what it tells.
        ["/api/v1/jobs/{id:long}"] = [Permission.ViewUsage],
        // A document leaves.
        ["/api/v1/tariffs/{code}/versions/{version:int}/document"] = [Permission.Export],
        ["/api/v1/webhooks/"] = [Permission.ViewBilling, Permission.ViewUsage],
    };

    [Fact]
    public async Task A_key_opens_what_its_scopes_say_of_its_own_tenant()
    {
        var harness = await Harness.OfAsync(resellers, handler => handler.IsApi && !handler.IsOpen);
        var (ash, birch, problems, attempts, refused) = (resellers.Ash, resellers.Birch, new List<string>(), 0, 0);
        var demanded = harness.Handlers.SelectMany(handler => handler.Demands).Distinct(StringComparer.Ordinal).ToList();
        demanded.Except(ApiKeyBook.ForKeys).ShouldBeEmpty("no key could use such an operation");
        var (all, alone, without) = (await birch.KeyAsync("all"), new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var scope in demanded)
        {
            alone[scope] = await ash.KeyAsync("only " + scope, scope);
            without[scope] = await ash.KeyAsync("all but " + scope, [.. ApiKeyBook.ForKeys.Except([scope])]);
        }
        using var caller = new Caller(resellers);
        // The day a key is used is written down with its first use.
        foreach (var key in alone.Values.Concat(without.Values)) await caller.SendAsync(HttpMethod.Get, "localhost", "/api/v1/nothing", key: key);
        var before = await harness.HashAsync();
        // At the installation's own name the key says whose; at a tenant's own address it has to be that tenant's.
        foreach (var (host, under) in new[] { ("localhost", ""), (ash.Office, ""), ("localhost", "/t/" + ash.Tenant.Slug), (birch.Office, ""), (ash.Portal, ""), ("localhost", "/operator") })
            foreach (var handler in harness.Handlers)
            {
                await RefusedAsync("no key", null);
                await RefusedAsync("a wrong key", $"key_{ash.Tenant.Id.Value}_1_{new string('0', 64)}");
                await RefusedAsync("Birch's key", all, (under.Length == 0 && host == "localhost") || host == birch.Office);
                foreach (var scope in handler.Demands) await RefusedAsync($"Ash's key without {scope}", without[scope]);

                async Task RefusedAsync(string who, string? key, bool isHome = false)
                {
                    var answer = await ApiAttempt.SendAsync(caller, host, under, handler, harness.Values, null, key);
                    attempts++;
                    var what = $"{who} at {host}{under}: {handler} -> {(int)answer.Status}";
                    var isRefused = answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
                    if (isRefused) refused++;
                    // With a key of its own tenant's and no id of Ash's, it is Birch's own list or Birch's own new record.
                    if (!isRefused && !(isHome && !handler.Parameters.Any(place => KnownValues.IsRow(place.Key)))) problems.Add($"{what}, where a refusal was due");
                    if (isRefused && answer.MediaType is not ("application/problem+json" or "text/html")) problems.Add($"{what} as {answer.MediaType}");
                    if ((int)answer.Status is >= 500 or 429) problems.Add($"{what}, which proves nothing");
                    if (answer.Everything.Contains(ash.Mark, StringComparison.Ordinal) && !who.StartsWith("Ash", StringComparison.Ordinal)) problems.Add($"{what} shows what is Ash's");
                }
            }
        var after = await harness.HashAsync();
        problems.AddRange(before.Where(table => after[table.Key] != table.Value).Select(table => $"{table.Key} of Ash was changed: {table.Value} -> {after[table.Key]}"));

        var let = 0;
        // Looking first: a write may rename what is looked for.
        foreach (var handler in harness.Handlers.OrderBy(handler => !handler.IsRead))
        {
            var answer = await ApiAttempt.SendAsync(caller, "localhost", "", handler, harness.Values, null,
                Besides.TryGetValue(handler.Route, out var besides) ? await ash.KeyAsync("a few", [handler.Demands.Single(), .. besides]) : alone[handler.Demands.Single()]);
            let++;
            if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (int)answer.Status >= 500) problems.Add($"Ash's key with {handler.Demands[0]} alone: {handler} -> {(int)answer.Status}: {answer.Text}");
            if (handler.IsRead && answer.Status != HttpStatusCode.OK) problems.Add($"Ash's key with {handler.Demands[0]} alone: {handler} -> {(int)answer.Status}: {answer.Text}");
        }
        output.WriteLine($"{harness.Handlers.Count} operations, {demanded.Count} scopes, {attempts} attempts, {refused} refused, {let} let through with the one scope alone, {problems.Count} problems.");
        foreach (var problem in problems) output.WriteLine(problem);
        problems.Count.ShouldBe(0, problems.FirstOrDefault());
        harness.Handlers.Count.ShouldBeGreaterThan(15);
    }
}
