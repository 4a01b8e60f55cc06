using System.Globalization;
using System.Net;

namespace Billing.Portal.Tests;

/// <summary>Every address with an id in it, asked for by people it does not belong to.</summary>
[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class StrangersTests(TwoResellers resellers)
{
    [Theory]
    [InlineData("/portal/bills/INV-000001")]
    [InlineData("/portal/bills/INV-000001/pdf")]
    [InlineData("/portal/bills/INV-000001/lines.csv")]
    [InlineData("/portal/bills/INV-000001/calls.csv")]
    public async Task Another_customers_bill_is_not_there(string path)
    {
        // Numbers are the same at both resellers: INV-000001 is A001's at each.
        using var own = await resellers.GetAsync(resellers.Alder, "Olga", path);
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.Content.ReadAsStringAsync()).ShouldNotContain("birch");
        foreach (var person in new[] { "Pete", "Una", "Nora" })
        {
            using var refused = await resellers.GetAsync(resellers.Alder, person, path);
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound, person);
        }
        using var nobody = await resellers.GetAsync(resellers.Alder, null, path);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        // The other reseller's customer with their own cookie, at this reseller's address.
        using var abroad = await resellers.SendAsync(HttpMethod.Get, resellers.Alder.Host, resellers.Birch.Cookies["Olga"], path, null);
        abroad.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        abroad.Headers.Location!.ToString().ShouldContain("/sign-in");
    }

    [Fact]
    public async Task A_bookkeeper_who_may_not_see_all_calls_gets_the_bill_without_its_document_and_calls()
    {
        var page = await resellers.TextAsync(resellers.Alder, "Ben", "/portal/bills/INV-000001");
        page.ShouldNotContain("/pdf");
        page.ShouldNotContain("France");
        page.ShouldContain("Line rental");
        using var pdf = await resellers.GetAsync(resellers.Alder, "Ben", "/portal/bills/INV-000001/pdf");
        pdf.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await resellers.TextAsync(resellers.Alder, "Ben", "/portal/bills/INV-000001/calls.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("Pete")]
    [InlineData("Ben")]
    [InlineData("Nora")]
    public async Task Another_accounts_contact_is_not_there_and_can_not_be_changed(string person)
    {
        var (alder, contact) = (resellers.Alder, resellers.Alder.Contacts["A001"]);
        var path = string.Create(CultureInfo.InvariantCulture, $"/portal/contacts/{contact}");
        using var page = await resellers.GetAsync(alder, person, path);
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        if (person == "Pete")
        {
            // With the form of a contact of his own, sent to the other one's address.
            var own = string.Create(CultureInfo.InvariantCulture, $"/portal/contacts/{alder.Contacts["A002"]}");
            using var sent = await resellers.PostAsync(alder.Host, alder.Cookies[person], own, path, ("Form.Name", "Stolen"), ("Form.Version", "1"));
            sent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            using var removed = await resellers.PostAsync(alder.Host, alder.Cookies[person], own, path + "?handler=Remove", ("Form.Version", "1"));
            removed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        using var added = await resellers.GetAsync(alder, person, "/portal/contacts/new?account=A001");
        added.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await resellers.TextAsync(alder, "Olga", path)).ShouldContain("accounts@A001.example");
    }

    [Fact]
    public async Task Filters_and_places_in_a_list_open_nothing_more()
    {
        (await resellers.TextAsync(resellers.Alder, "Nora", "/portal/calls?from=2026-10-01&to=2026-11-30&account=A002")).ShouldContain("No such calls");
        (await resellers.TextAsync(resellers.Alder, "Nora", "/portal/calls?from=2026-10-01&to=2026-11-30&number=960013")).ShouldContain("No such calls");
        var calls = await resellers.TextAsync(resellers.Alder, "Nora", "/portal/calls?from=2026-10-01&to=2026-11-30&after=639300000000000000-1-1");
        calls.ShouldNotContain("960013");
        calls.ShouldNotContain("960001");
        var bills = await resellers.TextAsync(resellers.Alder, "Pete", "/portal/bills?account=A001");
        bills.ShouldNotContain("INV-000001");
        bills.ShouldContain("INV-000002");
    }

    [Fact]
    public async Task Somebody_whose_access_was_taken_sees_nothing_from_then_on()
    {
        await using (var db = await resellers.Database.BeginAsync(resellers.Birch.Tenant.Id))
        {
            await Grants.GrantBook.WithdrawAsync(db, resellers.Birch.People["Pete"].Value, resellers.Birch.Account("A002"), 1);
            await db.CommitAsync();
        }
        (await resellers.TextAsync(resellers.Birch, "Pete", "/portal")).ShouldContain("No account is open to you yet");
        (await resellers.TextAsync(resellers.Birch, "Pete", "/portal/calls")).ShouldContain("No account is open to you yet");
        using var bill = await resellers.GetAsync(resellers.Birch, "Pete", "/portal/bills/INV-000002");
        bill.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
