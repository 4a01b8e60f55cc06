using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Billing.Invoicing.Documents;
using Billing.Invoicing.Invoices;
using Billing.Tenancy.Tenants;
using Billing.Tenancy.Users;

namespace Billing.Portal.Tests;

[Collection(SharedResellers.Name)]
[Trait("needs", "postgres")]
public sealed class SettingsTests(TwoResellers resellers)
{
    string Staff => "office." + resellers.Birch.Host;

    [Fact]
    public async Task A_changed_address_is_on_bills_to_come_and_not_on_posted_ones()
    {
        var admin = await resellers.AdminAsync(resellers.Birch);
        var before = await TenantAsync();
        using var saved = await resellers.PostAsync(Staff, admin, "/settings/company", null, Company(before, ("Form.Address", "2 New Road\r\n\r\n Newtown "), ("Form.PaymentDays", "30")));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var after = await TenantAsync();
        after.Address.ShouldBe(["2 New Road", "Newtown"]);
        after.PaymentDays.ShouldBe(30);
        after.Version.ShouldBe(before.Version + 1);
        await using var db = await resellers.Database.BeginAsync(resellers.Birch.Tenant.Id);
        (await InvoiceRegister.FindAsync(db, "INV-000001"))!.Document.Seller.Address.ShouldBe(["1 High Street", "Exampleton"]);
        (await db.FindAsync($"select actor_name || '/' || (after->>'payment_days') from tenancy.audit where subject = 'tenancy.tenant' order by entry desc limit 1", row => row.Text(0))).ShouldBe("Ann Admin/30");

        using var stale = await resellers.PostAsync(Staff, admin, "/settings/company", null, Company(before, ("Form.Name", "Too late")));
        (await stale.Content.ReadAsStringAsync()).ShouldContain("changed by Ann Admin");
        (await TenantAsync()).Name.ShouldBe(before.Name);
    }

    [Fact]
    public async Task The_currency_and_the_clock_stay_once_there_is_an_invoice_even_when_a_form_says_otherwise()
    {
        var admin = await resellers.AdminAsync(resellers.Birch);
        var page = await (await resellers.SendAsync(HttpMethod.Get, Staff, admin, "/settings/company", null)).Content.ReadAsStringAsync();
        page.ShouldContain("Invoices exist");
        using var saved = await resellers.PostAsync(Staff, admin, "/settings/company", null, Company(await TenantAsync(), ("Form.Currency", "EUR"), ("Form.TimeZone", "Europe/Paris")));
        (await TenantAsync()).Currency.Code.ShouldBe("GBP");
        (await TenantAsync()).TimeZone.Id.ShouldBe("Europe/London");

        await using var db = await resellers.Database.BeginAsync(resellers.Birch.Tenant.Id);
        var tenant = await TenantAsync();
        (await TenantSettings.ChangeCompanyAsync(db, tenant.Version, CompanyDetails.Of(tenant) with { Currency = "EUR" })).TryGet(out _, out var held).ShouldBeFalse();
        held!.Code.ShouldBe("settings.currency-held");
    }

    [Theory]
    [InlineData("Form.Name", "")]
    [InlineData("Form.LegalName", "")]
    [InlineData("Form.Address", " \r\n ")]
    [InlineData("Form.Country", "Britain")]
    [InlineData("Form.VatNumber", "none!")]
    [InlineData("Form.PaymentDays", "-1")]
    [InlineData("Form.PaymentDays", "soon")]
    [InlineData("Form.LateCallDays", "366")]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(string field, string value)
    {
        var admin = await resellers.AdminAsync(resellers.Birch);
        var before = await TenantAsync();
        using var refused = await resellers.PostAsync(Staff, admin, "/settings/company", null, Company(before, (field, value), ("Form.CompanyNumber", "kept 42")));
        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await refused.Content.ReadAsStringAsync();
        html.ShouldContain($"id=\"{field.Replace('.', '_')}-error\"");
        html.ShouldContain("kept 42");
        (await TenantAsync()).Version.ShouldBe(before.Version);
    }

    [Fact]
    public async Task A_viewer_looks_and_changes_nothing()
    {
        var viewer = await resellers.AdminAsync(resellers.Birch, Role.Viewer);
        using var page = await resellers.SendAsync(HttpMethod.Get, Staff, viewer, "/settings/brand", null);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldNotContain(">Save<");
        foreach (var path in new[] { "/settings/company", "/settings/brand", "/settings/brand?handler=Preview" })
        {
            using var body = new FormUrlEncodedContent([]);
            using var refused = await resellers.SendAsync(HttpMethod.Post, Staff, viewer, path, body);
            refused.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task A_new_logo_and_colour_show_in_the_portal_and_a_bad_logo_is_refused_with_the_reason()
    {
        var admin = await resellers.AdminAsync(resellers.Birch);
        using var refused = await BrandAsync(admin, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 1\"><script>alert(1)</script></svg>", "#ffd400");
        (await refused.Content.ReadAsStringAsync()).ShouldContain("it runs a program");

        using var saved = await BrandAsync(admin, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 1\"><path d=\"M0 0h4v1z\" fill=\"#123456\"/></svg>", "#fff000");
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var logo = await resellers.GetAsync(resellers.Birch, null, "/logo.svg");
        (await logo.Content.ReadAsStringAsync()).ShouldContain("#123456");
        logo.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        (await (await resellers.GetAsync(resellers.Birch, null, "/brand.css")).Content.ReadAsStringAsync()).ShouldContain("--brand: #fff000; --on-brand: #000000;");
        await using var db = await resellers.Database.BeginAsync(resellers.Birch.Tenant.Id);
        (await InvoiceRegister.FindAsync(db, "INV-000001"))!.Document.Seller.Brand.PrimaryColour.ShouldBe("#ffd400");
    }

    [Fact]
    public async Task A_contact_is_invited_by_a_message_that_leads_to_the_customers_address_and_names_nobody_else()
    {
        var (birch, admin) = (resellers.Birch, await resellers.AdminAsync(resellers.Birch));
        var path = string.Create(CultureInfo.InvariantCulture, $"/accounts/{birch.Account("A003").Value}/portal");
        using var invited = await resellers.PostAsync(Staff, admin, path, null,
            ("Form.Contact", birch.Contacts["A003"].ToString(CultureInfo.InvariantCulture)), ("Form.Role", "own-numbers"), ("Form.Numbers", "some"), ("Form.Typed", "01632 960003"));
        invited.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using var db = await resellers.Database.BeginAsync(birch.Tenant.Id);
        var (recipient, message) = await db.FindAsync($"select recipient, subject || body from delivery.outbox order by message_id desc limit 1", row => (row.Text(0), row.Text(1)));
        recipient.ShouldBe("accounts@A003.example");
        message.ShouldContain("Birch Voice");
        message.ShouldContain("//" + birch.Host);
        message.ShouldNotContain("billing", Case.Insensitive);
        message.ShouldNotContain("office.");
        (await db.FindAsync($"select n.number from portal.number_access n where n.account_id = {birch.Account("A003").Value}", row => row.Long(0))).ShouldBe(441632960003);

        using var again = await resellers.PostAsync(Staff, admin, path, null, ("Form.Contact", "0"), ("Form.Name", "X"), ("Form.Email", "accounts@a003.EXAMPLE"), ("Form.Role", "owner"), ("Form.Numbers", "every"));
        (await again.Content.ReadAsStringAsync()).ShouldContain("sees the account already");
        using var foreign = await resellers.PostAsync(Staff, admin, path, null, ("Form.Contact", "0"), ("Form.Name", "X"), ("Form.Email", "x@x.example"), ("Form.Role", "bills"), ("Form.Numbers", "some"), ("Form.Typed", "01632 960001"));
        (await foreign.Content.ReadAsStringAsync()).ShouldContain("is not a number of this account");
    }

    [Fact]
    public void The_sample_bill_adds_up_and_can_not_be_taken_for_a_real_one()
    {
        var sample = SampleInvoice.Of(resellers.Alder.Tenant, new DateOnly(2026, 3, 1));
        sample.IsDraft.ShouldBeTrue();
        sample.Net.ShouldBe(sample.Lines.Sum(line => line.Net));
        sample.Net.ShouldBe(sample.Groups.Sum(group => group.Net));
        sample.Vat.ShouldBe(sample.Taxes.Sum(tax => tax.Vat));
        sample.Gross.ShouldBe(sample.Net + sample.Vat);
        sample.Usage!.Charge.ShouldBe(sample.Usage.Destinations.Sum(d => d.Charge));
        sample.Usage.Billed.ShouldBe(decimal.Round(sample.Usage.Charge, 2, MidpointRounding.AwayFromZero));
    }

    Task<Tenant> TenantAsync() => new TenantDirectory(resellers.Database).GetAsync(resellers.Birch.Tenant.Id);

    async Task<HttpResponseMessage> BrandAsync(string admin, string logo, string colour)
    {
        using var page = await resellers.SendAsync(HttpMethod.Get, Staff, admin, "/settings/brand", null);
        var html = await page.Content.ReadAsStringAsync();
        var key = System.Text.RegularExpressions.Regex.Match(html, "name=\"form-key\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
        var form = page.Headers.TryGetValues("Set-Cookie", out var set) ? "; " + set.First().Split(';')[0] : "";
        using var body = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(logo));
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        body.Add(file, "Form.Logo", "../../logo.exe");
        foreach (var (name, value) in new[] { ("form-key", key), ("Form.Version", (await TenantAsync()).Version.ToString(CultureInfo.InvariantCulture)), ("Form.PrimaryColour", colour), ("Form.AccentColour", "#c2571a"), ("Form.Website", "https://www.birch.example/") })
            body.Add(new StringContent(value), name);
        return await resellers.SendAsync(HttpMethod.Post, Staff, admin + form, "/settings/brand", body);
    }

    static (string, string)[] Company(Tenant tenant, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Form.Name"] = tenant.Name, ["Form.LegalName"] = tenant.LegalName, ["Form.Address"] = string.Join("\r\n", tenant.Address), ["Form.Country"] = tenant.Country,
            ["Form.CompanyNumber"] = tenant.CompanyNumber ?? "", ["Form.VatNumber"] = tenant.VatNumber ?? "", ["Form.Currency"] = tenant.Currency.Code, ["Form.TimeZone"] = tenant.TimeZone.Id,
            ["Form.PaymentDays"] = tenant.PaymentDays.ToString(CultureInfo.InvariantCulture), ["Form.LateCallDays"] = tenant.LateCallDays.ToString(CultureInfo.InvariantCulture),
            ["Form.Version"] = tenant.Version.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in changes) fields[name] = value;
        return [.. fields.Select(f => (f.Key, f.Value))];
    }
}
