using System.Net;
using Billing.Isolation.Tests.Fixture;
using Billing.Isolation.Tests.Web;
using Billing.Tenancy.Users;
using Xunit.Abstractions;

namespace Billing.Isolation.Tests.Routes;

/// <summary>
/// Every handler, tried by each lower role of the reseller whose rows they are: refused where the role lacks what it demands, and not
/// refused where it does not. It changes a great deal, so it has an installation of its own.
/// </summary>
[Trait("needs", "postgres")]
public sealed class RoleTests(RoleTests.Own resellers, ITestOutputHelper output) : IClassFixture<RoleTests.Own>
{
    public sealed class Own : TwoResellers;

    [Fact]
    public async Task A_role_does_what_its_permissions_say_and_nothing_else()
    {
        var harness = await Harness.OfAsync(resellers, handler => !handler.IsOpen && !handler.IsApi);
        var (problems, said, refused, let) = (new List<string>(), new SortedDictionary<int, int>(), 0, 0);
        using var caller = new Caller(resellers);
        var before = await harness.HashAsync();
        foreach (var role in Lower)
            foreach (var (handler, answer) in await AskAsync(role, handler => !May(role, handler)))
            {
                refused++;
                if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound) && (handler.Route, answer.Location) != ("/", "/portal")) problems.Add($"{role}: {handler} -> {(int)answer.Status} {answer.Location}, where a refusal was due");
            }
        var after = await harness.HashAsync();
        problems.AddRange(before.Where(table => after[table.Key] != table.Value).Select(table => $"a role changed {table.Key}: {table.Value} -> {after[table.Key]}"));

        // Looking first: what is changed then may not be there any more.
        foreach (var reads in new[] { true, false })
            foreach (var role in Lower)
                foreach (var (handler, answer) in await AskAsync(role, handler => handler.IsRead == reads && May(role, handler) && handler.Route != "/sign-out"))
                {
                    let++;
                    if (!reads) said[(int)answer.Status] = said.GetValueOrDefault((int)answer.Status) + 1;
                    if (answer.Status == HttpStatusCode.Forbidden || answer.IsToSignIn || (int)answer.Status >= 500 || (reads && answer.Status == HttpStatusCode.NotFound))
                        problems.Add($"{role}: {handler} -> {(int)answer.Status}{(answer.Location is null ? "" : " to " + answer.Location)}, although the role may: {Said(answer)}");
                }

        output.WriteLine($"{Lower.Length} roles, {harness.Handlers.Count} handlers: {refused} refused for want of a permission, {let} let through (what they sent was answered with {string.Join(", ", said.Select(status => $"{status.Key}: {status.Value}"))}), {problems.Count} problems.");
        foreach (var problem in problems) output.WriteLine(problem);
        problems.Count.ShouldBe(0, problems.FirstOrDefault());
        refused.ShouldBeGreaterThan(100);
        let.ShouldBeGreaterThan(100);

        async Task<IReadOnlyList<(Handler, Answer)>> AskAsync(string role, Func<Handler, bool> which)
        {
            var isCustomer = role == Role.Customer;
            var (host, cookie) = isCustomer ? (resellers.Ash.Portal, resellers.Ash.Cookies[FilledReseller.Target]) : (resellers.Ash.Office, resellers.Ash.Cookies[role]);
            var ours = await caller.TokenAsync(host, "", cookie);
            var answers = new List<(Handler, Answer)>();
            foreach (var handler in harness.Handlers.Where(which)) answers.Add((handler, await harness.SendAsync(caller, host, "", cookie, ours, handler)));
            return answers;
        }
    }

    // An admin last: they take the portal's host name away, among other things.
    static readonly string[] Lower = [Role.Customer, Role.Viewer, Role.BillingClerk, Role.Approver, Role.Admin];

    static bool May(string role, Handler handler) => handler.Demands.All(Role.PermissionsOf(role).Contains) && (role != Role.Customer || handler.IsForPeople || handler.Demands.Contains(Permission.UsePortal));

    static string Said(Answer answer) => System.Text.RegularExpressions.Regex.Match(answer.Text, "<h1[^>]*>([^<]*)</h1>").Groups[1].Value;
}
