using System.Globalization;
using System.Net;
using Billing.Api.Keys;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Web.Tests.Api;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class ApiTests(TwoResellers resellers)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("key_1_1_short")]
    [InlineData("key_1_999_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("key_99_1_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("key_99999999999_1_0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Without_a_key_that_is_good_nothing_opens(string? key) =>
        (await new ApiClient(resellers.Installation, key).RefusalAsync(HttpMethod.Get, "/invoices")).ShouldBe((401, "api.no-key"));

    [Fact]
    public async Task A_key_opens_its_own_tenant_only()
    {
        var alder = await ApiClient.OfAsync(resellers.Installation, "alder");
        var birch = await ApiClient.OfAsync(resellers.Installation, "birch");

        ((string?)(await alder.GetAsync("/invoices/INV-000001"))["seller"]!["name"]).ShouldBe("Alder Telecom");
        ((string?)(await birch.GetAsync("/invoices/INV-000001"))["seller"]!["name"]).ShouldBe("Birch Voice");
        (await birch.RefusalAsync(HttpMethod.Get, "/invoices/INV-000003")).ShouldBe((404, "api.not-found"), "there is one, and it is Alder's");
        (await birch.RefusalAsync(HttpMethod.Get, "/cdr-files/1")).ShouldBe((404, "api.not-found"));
        (await birch.RefusalAsync(HttpMethod.Get, "/billing-runs/1")).ShouldBe((404, "api.not-found"));
    }

    [Fact]
    public async Task A_key_that_was_withdrawn_or_has_expired_opens_nothing()
    {
        var installation = resellers.Installation;
        var expired = await ApiClient.KeyAsync(installation, "alder", [], new DateTimeOffset(2026, 10, 31, 0, 0, 0, TimeSpan.Zero));
        var withdrawn = await ApiClient.KeyAsync(installation, "alder", []);
        await using (var db = await installation.Database.BeginAsync((await new TenantDirectory(installation.Database).FindAsync("alder"))!.Id))
        {
            var id = long.Parse(withdrawn.Split('_')[2], CultureInfo.InvariantCulture);
            (await ApiKeyBook.WithdrawAsync(db, id, DateTimeOffset.UnixEpoch)).ShouldBeTrue();
            (await ApiKeyBook.WithdrawAsync(db, id, DateTimeOffset.UnixEpoch)).ShouldBeFalse();
            await db.CommitAsync();
        }

        (await new ApiClient(installation, expired).RefusalAsync(HttpMethod.Get, "/invoices")).ShouldBe((401, "api.no-key"));
        (await new ApiClient(installation, withdrawn).RefusalAsync(HttpMethod.Get, "/invoices")).ShouldBe((401, "api.no-key"));
    }

    [Fact]
    public async Task A_key_does_what_its_scopes_say() =>
        (await (await ApiClient.OfAsync(resellers.Installation, "alder", Permission.ViewUsage)).RefusalAsync(HttpMethod.Get, "/invoices")).ShouldBe((403, "api.no-scope"));

    [Fact]
    public async Task Nobody_makes_a_key_that_may_do_more_than_they_may()
    {
        var installation = resellers.Installation;
        await using var db = await installation.Database.BeginAsync((await new TenantDirectory(installation.Database).FindAsync("alder"))!.Id);
        var clerk = Role.PermissionsOf(Role.BillingClerk).ToHashSet();

        (await ApiKeyBook.AddAsync(db, "x", [Permission.RequestBilling], clerk, null)).TryGet(out _, out var beyond).ShouldBeFalse();
        (await ApiKeyBook.AddAsync(db, "x", [Permission.ManagePeople], Role.PermissionsOf(Role.Admin).ToHashSet(), null)).TryGet(out _, out var never).ShouldBeFalse();

        beyond!.Code.ShouldBe("api.scope-not-held");
        never!.Code.ShouldBe("api.bad-scope");
    }

    [Fact]
    public async Task A_list_walked_piece_by_piece_has_everything_once()
    {
        var api = await ApiClient.OfAsync(resellers.Installation, "alder");
        var (seen, after) = (new List<string>(), "");
        do
        {
            var piece = await api.GetAsync("/invoices?limit=1" + after);
            seen.AddRange(piece["items"]!.AsArray().Select(item => (string)item!["number"]!));
            after = piece["next"] is { } next ? "&after=" + (string)next! : "";
        }
        while (after.Length > 0);

        seen.ShouldBe(["INV-000001", "INV-000002", "INV-000003"]);
        (await api.GetAsync("/invoices?account=A002"))["items"]!.AsArray().Count.ShouldBe(1);
        (await api.GetAsync("/invoices?updatedSince=2026-11-02T00:00:00Z"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/invoices?limit=0", 422, "api.bad-limit")]
    [InlineData("/invoices?limit=501", 422, "api.bad-limit")]
    [InlineData("/invoices?after=zzz", 422, "api.bad-cursor")]
    [InlineData("/cdr-files?after=MTp6enp6", 422, "api.bad-cursor")]
    [InlineData("/jobs?after=MTp6enp6", 422, "api.bad-cursor")]
    [InlineData("/jobs/999", 404, "api.not-found")]
    [InlineData("/invoices?limit=many", 400, "api.bad-request")]
    [InlineData("/invoices/INV-999999", 404, "api.not-found")]
    [InlineData("/nothing", 404, "api.no-such-operation")]
    public async Task What_is_asked_wrongly_is_answered_with_a_code(string path, int status, string code) =>
        (await (await ApiClient.OfAsync(resellers.Installation, "alder")).RefusalAsync(HttpMethod.Get, path)).ShouldBe((status, code));

    [Fact]
    public async Task Amounts_are_texts() =>
        (await (await ApiClient.OfAsync(resellers.Installation, "alder")).GetAsync("/invoices?limit=1"))["items"]![0]!["gross"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.String);

    [Fact]
    public async Task A_pdf_is_served_with_its_hash()
    {
        using var response = await (await ApiClient.OfAsync(resellers.Installation, "alder")).SendAsync(HttpMethod.Get, "/invoices/INV-000001/pdf");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        response.Headers.ETag.ShouldNotBeNull();
    }
}
