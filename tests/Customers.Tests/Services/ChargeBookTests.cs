using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Services;

namespace Billing.Customers.Tests.Services;

[Trait("needs", "postgres")]
public sealed class ChargeBookTests
{
    [Fact]
    [Trait("feature", "P8")]
    public async Task A_new_price_is_a_new_slice_from_its_day_and_the_old_one_stays_as_it_was()
    {
        await using var desk = await Desk.OpenAsync();
        var account = await desk.AccountAsync("A1");
        var id = await desk.ChargeAsync(account, new(2026, 1, 1));

        var slice = await desk.DoAsync(async db => (await ChargeBook.ChangeAsync(db, account, id, 1, new(2026, 3, 15), 3, 12.5m, "Line rental", desk.Billed)).ValueOrThrow());

        var all = await desk.DoAsync(db => ChargeBook.LoadAsync(db, account));
        all.Select(c => (c.Charge.Id, c.Charge.Quantity, c.Charge.Price, c.Charge.Valid, c.Follows)).ShouldBe([
            (id, 1m, 10m, new DateInterval(new(2026, 1, 1), new(2026, 3, 15)), null),
            (slice, 3m, 12.5m, new DateInterval(new(2026, 3, 15), null), id),
        ]);
    }

    [Fact]
    public async Task A_change_before_the_change_that_follows_keeps_the_chain()
    {
        await using var desk = await Desk.OpenAsync();
        var account = await desk.AccountAsync("A1");
        var id = await desk.ChargeAsync(account, new(2026, 1, 1));
        var last = await desk.DoAsync(async db => (await ChargeBook.ChangeAsync(db, account, id, 1, new(2026, 6, 1), 1, 12m, "Line rental", desk.Billed)).ValueOrThrow());
        var middle = await desk.DoAsync(async db => (await ChargeBook.ChangeAsync(db, account, id, 2, new(2026, 3, 1), 1, 11m, "Line rental", desk.Billed)).ValueOrThrow());

        (await desk.DoAsync(db => ChargeBook.LoadAsync(db, account))).Select(c => (c.Charge.Id, c.Charge.Valid.From, c.Follows)).ShouldBe([
            (id, new DateOnly(2026, 1, 1), null), (middle, new DateOnly(2026, 3, 1), id), (last, new DateOnly(2026, 6, 1), middle)]);
        (await desk.RefusalAsync(db => ChargeBook.EndAsync(db, account, id, 3, new(2026, 2, 1), desk.Billed))).Code.ShouldBe("records.bad-dates");
    }

    [Fact]
    public async Task What_is_on_an_invoice_can_neither_end_earlier_nor_change_nor_go()
    {
        await using var desk = await Desk.OpenAsync();
        var account = await desk.AccountAsync("A1");
        var id = await desk.ChargeAsync(account, new(2026, 1, 1));
        desk.Billed.Recurring[id] = new(2026, 4, 1);

        (await desk.RefusalAsync(db => ChargeBook.EndAsync(db, account, id, 1, new(2026, 3, 30), desk.Billed))).Message.ShouldContain("up to and including 31 Mar 2026");
        (await desk.RefusalAsync(db => ChargeBook.ChangeAsync(db, account, id, 1, new(2026, 3, 31), 1, 1m, "x", desk.Billed))).Code.ShouldBe("records.billed");
        (await desk.RefusalAsync(db => ChargeBook.RemoveAsync(db, account, id, 1, desk.Billed))).Code.ShouldBe("records.billed");
        await desk.DoAsync(async db => (await ChargeBook.EndAsync(db, account, id, 1, new(2026, 3, 31), desk.Billed)).ValueOrThrow());
    }

    [Fact]
    public async Task A_one_off_goes_while_it_is_unbilled_and_stays_once_it_is()
    {
        await using var desk = await Desk.OpenAsync();
        var account = await desk.AccountAsync("A1");
        var product = await desk.DoAsync(async db => (await ProductBook.AddAsync(db, new Product("SETUP", "Set-up", 25m, null, "standard", "4020"))).ValueOrThrow());
        var charge = new OneOffCharge(0, account, null, product, "Goodwill", -5m, new(2026, 3, 1));
        var (kept, gone) = await desk.DoAsync(async db => ((await ChargeBook.AddAsync(db, charge)).ValueOrThrow(), (await ChargeBook.AddAsync(db, charge)).ValueOrThrow()));
        desk.Billed.OneOffs[kept] = "INV-000001";

        (await desk.RefusalAsync(db => ChargeBook.RemoveOneOffAsync(db, account, kept, 1, desk.Billed))).Message.ShouldContain("INV-000001");
        await desk.DoAsync(async db => (await ChargeBook.RemoveOneOffAsync(db, account, gone, 1, desk.Billed)).ValueOrThrow());
        (await desk.DoAsync(db => ChargeBook.LoadOneOffsAsync(db, account))).Single().Charge.Id.ShouldBe(kept);
    }

    [Fact]
    public async Task A_recurring_product_is_no_one_off_and_another_accounts_service_is_none()
    {
        await using var desk = await Desk.OpenAsync();
        var (one, two) = (await desk.AccountAsync("A1"), await desk.AccountAsync("A2"));
        await desk.ChargeAsync(one, new(2026, 1, 1));
        var product = (await desk.DoAsync(db => ProductBook.LoadAsync(db))).Single().Id;
        var service = await desk.ServiceAsync(two, "Line");

        (await desk.RefusalAsync(db => ChargeBook.AddAsync(db, new OneOffCharge(0, one, null, product, "x", 1m, new(2026, 1, 1))))).Field.ShouldBe("product");
        (await desk.RefusalAsync(db => ChargeBook.AddAsync(db, new OneOffCharge(0, one, service, product, "x", 1m, new(2026, 1, 1))))).Field.ShouldBe("service");
    }

    [Fact]
    public async Task A_product_retires_and_keeps_what_it_is()
    {
        await using var desk = await Desk.OpenAsync();
        var product = new Product("LINE", "Line", 10m, new RecurringTerms(1, BillingTime.Advance, ProrationBasis.Actual), "standard", "4010");
        var id = await desk.DoAsync(async db => (await ProductBook.AddAsync(db, product)).ValueOrThrow());

        (await desk.RefusalAsync(db => ProductBook.AddAsync(db, product))).Code.ShouldBe("records.taken");
        (await desk.RefusalAsync(db => ProductBook.ChangeAsync(db, id, 1, product with { Terms = null }))).Field.ShouldBe("everyMonths");
        await desk.DoAsync(async db => (await ProductBook.RetireAsync(db, id, 1, new(2026, 3, 1))).ValueOrThrow(), Desk.Omar);
        (await desk.RefusalAsync(db => ProductBook.ChangeAsync(db, id, 1, product with { Price = 11m }))).Message.ShouldContain("Omar Reed");
    }

    [Fact]
    public async Task Ten_thousand_rows_in_one_transaction_leave_a_whole_audit_trail()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.DoAsync(db => db.ExecuteAsync($"insert into customers.account (number, name, started_on) select 'N' || i, 'Name', date '2026-01-01' from generate_series(1, 10000) i"));

        (await desk.DoAsync(db => db.FindAsync($"select tenancy.audit_break(), (select count(*) from tenancy.audit where subject = 'customers.account'), (select entry from tenancy.audit_head) = (select max(entry) from tenancy.audit)",
            row => (row.Maybe<long?>(0), row.Long(1), row.Bool(2))))).ShouldBe((null, 10_000, true));
    }
}
