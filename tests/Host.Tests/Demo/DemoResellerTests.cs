using System.Xml.Linq;
using Billing.Host.Demo;

namespace Billing.Host.Tests.Demo;

public sealed class DemoResellerTests
{
    private static IReadOnlyList<DemoAccount> Accounts => Demos.Reseller.Accounts;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2026UL)]
    [InlineData(ulong.MaxValue)]
    public void There_are_two_hundred_accounts_with_numbers_and_names_of_their_own(ulong seed)
    {
        var accounts = DemoReseller.Make(seed).Accounts;
        accounts.Count.ShouldBe(200);
        accounts.Select(a => a.Number).Distinct().Count().ShouldBe(200);
        accounts.Select(a => a.Name).Distinct().Count().ShouldBe(200);
        accounts.Select(a => a.Number).ShouldBe(accounts.Select(a => a.Number).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_account_has_each_special_shape()
    {
        foreach (var shape in Enum.GetValues<DemoShape>().Where(s => s != DemoShape.Ordinary)) Accounts.Count(a => a.Shape == shape).ShouldBe(1, shape.ToString());
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(2026UL)]
    public void No_circuit_and_no_number_has_two_owners_on_one_day(ulong seed)
    {
        var all = DemoReseller.Make(seed).Accounts.SelectMany(a => a.Services.SelectMany(s => s.Assignments.Select(n => (Account: a, Assignment: n)))).ToList();
        foreach (var circuit in all.Where(x => x.Assignment.Circuit is not null).GroupBy(x => x.Assignment.Circuit)) circuit.Count().ShouldBe(1, circuit.Key);

        var byNumber = all.Where(x => x.Assignment.Circuit is null)
            .SelectMany(x => DemoAccountMaker.Numbers(x.Assignment).Select(n => (Number: n, x.Account, x.Assignment))).GroupBy(x => x.Number);
        foreach (var number in byNumber)
        {
            var owners = number.ToList();
            for (var i = 0; i < owners.Count; i++)
                for (var j = i + 1; j < owners.Count; j++)
                {
                    if (!owners[i].Assignment.Valid.Overlaps(owners[j].Assignment.Valid)) continue;
                    // The one exception is meant: a single number inside a range of the same account.
                    owners[i].Account.Shape.ShouldBe(DemoShape.Heavy);
                    owners[j].Account.ShouldBe(owners[i].Account);
                    (owners[i].Assignment.Count == 1).ShouldNotBe(owners[j].Assignment.Count == 1);
                }
        }
    }

    [Fact]
    public void The_number_that_moves_has_one_owner_up_to_midnight_and_another_from_then_on()
    {
        var before = Demos.Reseller.Account(DemoShape.MovedFrom).Services.Single(s => s.Label == "Studio line").Assignments.Single();
        var after = Demos.Reseller.Account(DemoShape.MovedTo).Services.Single(s => s.Label == "Studio line").Assignments.Single();
        after.First.ShouldBe(before.First);
        before.Valid.To.ShouldBe(after.Valid.From);
        after.Valid.From.ShouldBe(new DateOnly(2026, 3, 16));
    }

    [Fact]
    public void Everything_the_database_demands_of_an_account_holds()
    {
        foreach (var account in Accounts)
        {
            account.Sites.Count(s => s.IsBilling).ShouldBe(1, account.Name);
            account.Sites.Select(s => s.Name).Distinct().Count().ShouldBe(account.Sites.Count, account.Name);
            account.Services.Select(s => s.Label).Distinct().Count().ShouldBe(account.Services.Count, account.Name);
            account.Contacts.ShouldContain(c => c.IsInvoiceRecipient);
            foreach (var contact in account.Contacts.Where(c => c.IsInvoiceRecipient)) contact.Email!.ShouldMatch("^[a-z]+@[a-z0-9-]+\\.example$");
            foreach (var service in account.Services.Where(s => s.Site is not null)) account.Sites.ShouldContain(s => s.Name == service.Site);
            foreach (var subscription in account.Subscriptions)
            {
                DemoProducts.Named(subscription.Product).Terms.ShouldNotBeNull();
                if (subscription.Service is { } label) account.Services.ShouldContain(s => s.Label == label);
            }
            foreach (var charge in account.OneOffs)
            {
                DemoProducts.Named(charge.Product).Terms.ShouldBeNull();
                charge.Amount.ShouldNotBe(0);
                if (charge.Service is { } label) account.Services.ShouldContain(s => s.Label == label);
            }
        }
    }

    [Fact]
    public void Names_try_the_page_accents_ampersands_markup_and_length()
    {
        Accounts.ShouldContain(a => a.Name.Contains('&'));
        Accounts.ShouldContain(a => a.Name.Contains('<') && a.Name.Contains('"'));
        Accounts.Count(a => a.Name.Any(c => c > 0xBF && char.IsLetter(c))).ShouldBeGreaterThan(5);
        Accounts.Max(a => a.Name.Length).ShouldBeGreaterThan(120);
    }

    [Fact]
    public void Payment_and_delivery_are_mixed_and_the_wholesale_account_names_its_vat_number()
    {
        Accounts.Select(a => a.PaymentMethod).Distinct().Order(StringComparer.Ordinal).ShouldBe(["bank-transfer", "card", "direct-debit"]);
        Accounts.Select(a => a.Delivery).Distinct().Order(StringComparer.Ordinal).ShouldBe(["email", "print"]);
        Accounts.Single(a => a.TaxTreatment == "reverse-charge").VatNumber.ShouldNotBeNull();
        Accounts.Count(a => !a.IsItemised).ShouldBe(1);
        Accounts.Count(a => a.InvoiceMessage is not null).ShouldBe(1);
        Accounts.SelectMany(a => a.OneOffs).ShouldContain(c => c.Amount < 0);
        Accounts.SelectMany(a => a.Subscriptions).Select(s => DemoProducts.Named(s.Product).Terms!.EveryMonths).Distinct().Order().ShouldBe([1, 3, 12]);
    }

    [Fact]
    public void The_logo_is_one_small_drawing_that_loads_nothing()
    {
        var logo = XElement.Parse(DemoReseller.Tenant.Brand.LogoSvg!);
        logo.Name.LocalName.ShouldBe("svg");
        DemoReseller.Tenant.Brand.LogoSvg!.Length.ShouldBeLessThan(2_000);
        logo.Descendants().SelectMany(e => e.Attributes()).ShouldNotContain(a => a.Name.LocalName == "href" || a.Value.Contains("url("));
    }
}
