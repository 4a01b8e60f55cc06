using Billing.Customers.Accounts;
using Billing.Customers.Services;

namespace Billing.Customers.Tests.Accounts;

[Trait("needs", "postgres")]
public sealed class AccountBookTests
{
    [Fact]
    public async Task Who_writes_second_learns_who_was_quicker_and_nothing_is_saved()
    {
        await using var desk = await Desk.OpenAsync();
        var id = await desk.AccountAsync("A1");
        var read = (await desk.DoAsync(db => AccountBook.FindAsync(db, "A1")))!;
        var details = AccountDetails.Of(read.Account);

        await desk.DoAsync(async db => (await AccountBook.ChangeAsync(db, id, read.Version, details with { Name = "By Omar" })).ValueOrThrow(), Desk.Omar);
        var refusal = await desk.RefusalAsync(db => AccountBook.ChangeAsync(db, id, read.Version, details with { Name = "By Jane" }));

        refusal.Code.ShouldBe("records.changed-meanwhile");
        refusal.Message.ShouldContain("Omar Reed");
        (await desk.DoAsync(db => AccountBook.FindAsync(db, "A1")))!.Account.Name.ShouldBe("By Omar");
    }

    [Fact]
    public async Task An_account_number_in_use_is_refused_with_its_field()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.AccountAsync("A1");
        var second = await desk.AccountAsync("A2");

        (await desk.RefusalAsync(db => AccountBook.OpenAsync(db, new NewAccount("A1", "Another", null, new(2026, 1, 1))))).ShouldSatisfyAllConditions(
            f => f.Code.ShouldBe("records.taken"), f => f.Field.ShouldBe("number"));
        (await desk.RefusalAsync(db => AccountBook.ChangeAsync(db, second, 1, new AccountDetails("A1", "Second", new(2020, 1, 1))))).Code.ShouldBe("records.taken");
    }

    [Fact]
    public void Everything_wrong_with_an_account_is_said_at_once()
    {
        var wrong = new NewAccount("", "", null, new(2026, 1, 1))
        {
            TaxTreatment = "reverse-charge",
            PaymentMethod = "cheque",
            PaymentDays = -1,
            Contacts = [new Contact("Ann", "ann at example", null, false), new Contact("Bob", null, null, true)],
            Sites = [new Site("A", ["1"], true), new Site("B", [], true)],
        }.Check();

        wrong.Select(f => f.Field).ShouldBe(["number", "name", "vatNumber", "paymentMethod", "paymentDays", "email", "email", "address", "sites"]);
    }

    [Fact]
    public async Task Closing_ends_numbers_and_charges_with_the_same_day_and_a_billed_charge_where_its_bills_end()
    {
        await using var desk = await Desk.OpenAsync();
        var id = await desk.AccountAsync("A1");
        var service = await desk.ServiceAsync(id, "Line");
        await desk.AssignAsync(service, "020 7946 0000", "020 7946 0009", new(2020, 1, 1));
        await desk.ChargeAsync(id, new(2026, 1, 1));
        var billed = await desk.ChargeAsync(id, new(2026, 1, 1), 5m);
        desk.Billed.Recurring[billed] = new(2026, 4, 1);

        var closed = await desk.DoAsync(async db => (await AccountBook.CloseAsync(db, id, 1, new(2026, 3, 15), desk.Billed)).ValueOrThrow());

        closed.Numbers.ShouldBe(1);
        closed.Charges.ShouldBe(2);
        closed.BilledBeyond.ShouldBe([(billed, "Line rental", new DateOnly(2026, 4, 1))]);
        (await desk.DoAsync(db => NumberBook.LoadAsync(db, id))).Single().Valid.To.ShouldBe(new(2026, 3, 16));
        (await desk.DoAsync(db => ChargeBook.LoadAsync(db, id))).Select(c => c.Charge.Valid.To).ShouldBe([new(2026, 3, 16), new(2026, 4, 1)]);
        (await desk.RefusalAsync(db => NumberBook.AssignAsync(db, service, Desk.Block("020 7946 0100"), new(new(2026, 3, 1), null)))).Code.ShouldBe("records.bad-dates");

        await desk.DoAsync(async db => (await AccountBook.ReopenAsync(db, id, 2)).ValueOrThrow());
        (await desk.DoAsync(db => AccountBook.FindAsync(db, "A1")))!.Account.EndedOn.ShouldBeNull();
    }

    [Fact]
    public async Task Several_contacts_get_the_bill_and_a_removed_one_is_gone_for_the_next_who_edits()
    {
        await using var desk = await Desk.OpenAsync();
        var id = await desk.AccountAsync("A1");
        var ann = await desk.DoAsync(async db => (await ContactBook.AddAsync(db, id, new Contact("Ann", "ann@example.com", null, true))).ValueOrThrow());
        await desk.DoAsync(async db => (await ContactBook.AddAsync(db, id, new Contact("Bob", "bob@example.com", null, true))).ValueOrThrow());
        (await desk.DoAsync(db => ContactBook.LoadAsync(db, id))).Count(c => c.Contact.IsInvoiceRecipient).ShouldBe(2);

        await desk.DoAsync(async db => (await ContactBook.RemoveAsync(db, id, ann, 1)).ValueOrThrow(), Desk.Omar);
        var refusal = await desk.RefusalAsync(db => ContactBook.ChangeAsync(db, id, ann, 1, new Contact("Anne", "ann@example.com", null, true)));
        refusal.Code.ShouldBe("records.gone");
        refusal.Message.ShouldContain("Omar Reed");
    }

    [Fact]
    public async Task A_contact_of_another_account_can_not_be_changed_through_this_one()
    {
        await using var desk = await Desk.OpenAsync();
        var (one, two) = (await desk.AccountAsync("A1"), await desk.AccountAsync("A2"));
        var contact = await desk.DoAsync(async db => (await ContactBook.AddAsync(db, one, new Contact("Ann", null, null, false))).ValueOrThrow());

        (await desk.RefusalAsync(db => ContactBook.ChangeAsync(db, two, contact, 1, new Contact("Eve", null, null, false)))).Code.ShouldBe("records.gone");
    }

    [Fact]
    public async Task The_billing_address_is_taken_over_from_the_site_that_had_it()
    {
        await using var desk = await Desk.OpenAsync();
        var id = await desk.AccountAsync("A1");
        await desk.DoAsync(async db => (await SiteBook.AddAsync(db, id, new Site("Old", ["1 Old Road"], true))).ValueOrThrow());
        await desk.DoAsync(async db => (await SiteBook.AddAsync(db, id, new Site("New", ["2 New Road"], true))).ValueOrThrow());

        (await desk.DoAsync(db => SiteBook.LoadAsync(db, id))).Select(s => (s.Site.Name, s.Site.IsBilling)).ShouldBe([("New", true), ("Old", false)]);
        (await desk.RefusalAsync(db => SiteBook.AddAsync(db, id, new Site("New", [], false)))).Field.ShouldBe("siteName");
    }

    [Fact]
    public async Task A_site_of_another_account_is_refused_for_a_service()
    {
        await using var desk = await Desk.OpenAsync();
        var (one, two) = (await desk.AccountAsync("A1"), await desk.AccountAsync("A2"));
        var site = await desk.DoAsync(async db => (await SiteBook.AddAsync(db, one, new Site("Office", ["1 Road"], false))).ValueOrThrow());

        (await desk.RefusalAsync(db => ServiceBook.AddAsync(db, two, new ServiceDetails("Line", site, null)))).Field.ShouldBe("siteId");
    }
}
