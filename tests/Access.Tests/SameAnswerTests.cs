using System.Net;
using System.Text.RegularExpressions;
using Billing.Access.Entrance;
using Billing.Access.Identity;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Access.Tests;

/// <summary>Nobody finds out by asking who has a sign-in here: not from the answer, and not from the work that stands behind it.</summary>
[Trait("needs", "postgres")]
public sealed class SameAnswerTests(House house) : IClassFixture<House>
{
    static readonly string[] Addresses = ["known@example.com", "unknown@example.com", "invited@example.com", "disabled@example.com", "customer@example.com"];

    [Fact]
    public async Task Signing_in_and_forgetting_answer_alike_whoever_is_asked_for()
    {
        await PeopleAsync("alder");
        foreach (var (page, fields) in new (string, Dictionary<string, string>)[]
        {
            ("/sign-in", new() { ["password"] = "not the right one", ["return"] = "/" }),
            ("/sign-in", new() { ["password"] = "", ["return"] = "/" }),
            ("/sign-in/forgotten", []),
        })
        {
            var answers = new List<string>();
            foreach (var email in Addresses)
            {
                using var browser = house.Browse("alder");
                using var answer = await browser.PostAsync(page, new(fields) { ["email"] = email });
                var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Set-Cookie" or "Content-Length")).OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
                var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(cookie => cookie.Split('=')[0]).Order(StringComparer.Ordinal).ToList() : [];
                var body = Regex.Replace((await answer.Content.ReadAsStringAsync()).Replace(email, "EMAIL", StringComparison.Ordinal), "name=\"form-key\"[^>]*>", "");
                answers.Add($"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\ncookies: {string.Join(", ", cookies)}\n{body}");
            }
            answers.Distinct(StringComparer.Ordinal).Count().ShouldBe(1, page);
        }
        // A link that is wrong, used up, or another tenant's says no more.
        var (_, used) = await house.InvitedAsync("alder", "usedup@example.com", Role.Viewer);
        var (_, other) = await house.InvitedAsync("birch", "usedup@example.com", Role.Viewer);
        using var somebody = house.Browse("alder");
        (await somebody.PostAsync("/set-password?key=" + used, new() { ["key"] = used, ["password"] = House.Password, ["again"] = House.Password })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var nobody = house.Browse("alder");
        var pages = new List<string>();
        foreach (var key in new[] { used, other, RandomKey.Make() }) pages.Add(await nobody.TextAsync("/set-password?key=" + key));
        pages.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_password_is_hashed_once_whoever_is_asked_for()
    {
        await PeopleAsync("birch");
        var tenant = await house.TenantAsync("birch");
        foreach (var email in Addresses)
        {
            await using var scope = house.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Choose(tenant, isPortal: false);
            scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            var users = scope.ServiceProvider.GetRequiredService<Identity.Users>();
            var counted = new CountedHasher(users.PasswordHasher);
            users.PasswordHasher = counted;
            (await scope.ServiceProvider.GetRequiredService<FrontDoor>().TryPasswordAsync(email, "not the right one", CancellationToken.None)).ShouldBe(SignInAnswer.Wrong, email);
            counted.Rounds.ShouldBe([210_000], email);
        }
    }

    async Task PeopleAsync(string slug)
    {
        (await house.SignedInAsync(slug, "known@example.com", Role.Admin)).Browser.Dispose();
        await house.InvitedAsync(slug, "invited@example.com", Role.Viewer);
        var (disabled, browser) = await house.SignedInAsync(slug, "disabled@example.com", Role.Viewer);
        browser.Dispose();
        await house.DoAsync(slug, async db =>
        {
            (await People.DisableAsync(db, disabled, house.Clock.GetUtcNow())).ValueOrThrow();
            return (await People.AddAsync(db, PersonKind.Customer, "customer@example.com", "Carl Customer", Role.Customer, 1, house.Clock.GetUtcNow())).ValueOrThrow();
        });
    }

    // Counts the work by what it costs: the rounds that stand in the hash it is held against.
    sealed class CountedHasher(IPasswordHasher<SignInPerson> real) : IPasswordHasher<SignInPerson>
    {
        public List<uint> Rounds { get; } = [];

        public string HashPassword(SignInPerson user, string password) => throw new InvalidOperationException("Nothing is set here.");

        public PasswordVerificationResult VerifyHashedPassword(SignInPerson user, string hashedPassword, string providedPassword)
        {
            Rounds.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hashedPassword).AsSpan(5)));
            return real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
