using System.Globalization;
using System.Text;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Onboarding.Columns;
using Billing.Onboarding.Imports;
using Billing.Onboarding.Rows;
using Billing.Rating.RateCards;
using Billing.Spreadsheets;

namespace Billing.Onboarding.Tests.Imports;

[Trait("needs", "postgres")]
public sealed class ImportTests
{
    private static readonly ImportSettings Retail = new() { TariffCode = "retail", TariffName = "Retail" };

    [Fact]
    public async Task The_examples_of_all_kinds_go_in_one_after_the_other_and_again_they_change_nothing()
    {
        await using var office = await Office.OpenAsync();
        foreach (var kind in ImportKinds.All) await office.ImportAsync(kind, kind.Example, kind == ImportKinds.Rates ? Retail : null);

        var accounts = await office.DoAsync(db => AccountBook.LoadAsync(db));
        accounts.Keys.Order().ShouldBe(["C1001", "C1002"]);
        accounts["C1001"].Account.BillingAddress.ShouldBe(["4 Mill Lane", "Otley", "LS21 1AA"]);
        (await office.DoAsync(db => ContactBook.LoadAsync(db, accounts["C1001"].Account.Id))).Count(c => c.Contact.IsInvoiceRecipient).ShouldBe(2);
        (await office.DoAsync(db => NumberBook.LoadAsync(db, null))).Select(a => a.Block.ToString()).Order(StringComparer.Ordinal).ShouldBe(["+442079460000", "+442079460100 to +442079460149", "TRK-00417"]);
        (await office.DoAsync(db => ChargeBook.LoadAsync(db, null))).Count.ShouldBe(2);

        foreach (var kind in ImportKinds.All.Where(k => k != ImportKinds.Rates))
        {
            var again = (await office.UploadAsync(kind, kind.Example + "\n")).ValueOrThrow();
            var plan = (await office.PreviewAsync(again)).Plan!;
            (plan.New, plan.Changed, plan.Wrong).ShouldBe((0, 0, 0), kind.Id);
            (await office.ApplyAsync(again)).TryGet(out _, out var nothing).ShouldBeFalse();
            nothing!.Code.ShouldBe("onboarding.nothing-to-do");
        }
    }

    [Fact]
    public async Task The_same_file_twice_is_recognised_until_it_is_undone()
    {
        await using var office = await Office.OpenAsync();
        var id = await office.ImportAsync(ImportKinds.Customers, ImportKinds.Customers.Example);

        (await office.UploadAsync(ImportKinds.Customers, ImportKinds.Customers.Example)).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("onboarding.applied-before");
        refusal.Message.ShouldContain("Jane Hill");
        (await office.UndoAsync(id)).ShouldBeEmpty();
        await office.ImportAsync(ImportKinds.Customers, ImportKinds.Customers.Example);
    }

    [Fact]
    public async Task Undoing_leaves_the_records_as_they_were()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Customers, ImportKinds.Customers.Example);
        await office.ImportAsync(ImportKinds.Sites, ImportKinds.Sites.Example);
        var before = await office.RecordsAsync();

        var customers = await office.ImportAsync(ImportKinds.Customers, "Account number,Name,Contact,Email,Telephone,Address,Town\nC1001,Hollin & Daughter,Ruth Hollin,ruth@hollin.example,0113 496 0000,5 Mill Lane,Otley\nC2000,New one,Ned,ned@new.example,,1 Road,Leeds\n");
        var sites = await office.ImportAsync(ImportKinds.Sites, "Account,Site,Street,Billing address\nC1001,Workshop,Unit 8,yes\nC2000,Yard,Y,no\n");
        var numbers = await office.ImportAsync(ImportKinds.Numbers, "Account,Number,Site,From\nC1001,020 7946 0000,Workshop,2026-01-01\nC2000,020 7946 0001,Yard,2026-01-01\n");
        var charges = await office.ImportAsync(ImportKinds.Charges, "Account,Product,From\nC2000,LINE,2026-01-01\nC2000,LINE,2026-01-01\n");
        (await office.RecordsAsync()).ShouldNotBe(before);

        foreach (var id in (long[])[charges, numbers, sites, customers]) (await office.UndoAsync(id)).ShouldBeEmpty();

        (await office.RecordsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_something_depends_on_is_not_undone_and_the_reason_is_given()
    {
        await using var office = await Office.OpenAsync();
        var customers = await office.ImportAsync(ImportKinds.Customers, ImportKinds.Customers.Example);
        var numbers = await office.ImportAsync(ImportKinds.Numbers, ImportKinds.Numbers.Example);
        var before = await office.RecordsAsync();

        var reasons = await office.UndoAsync(customers);
        reasons.Select(r => r.Code).Distinct().ShouldBe(["onboarding.depended-on"]);
        reasons[0].Message.ShouldContain("a service");
        (await office.RecordsAsync()).ShouldBe(before);

        var moved = (await office.DoAsync(db => NumberBook.LoadAsync(db, null))).First(a => a.Block.Circuit is null);
        await office.DoAsync(async db => (await NumberBook.EndAsync(db, moved.Account, moved.Id, moved.Version, new(2026, 12, 31))).ValueOrThrow());
        (await office.UndoAsync(numbers)).Select(r => r.Code).ShouldContain("records.changed-meanwhile");
    }

    [Fact]
    public async Task Wrong_rows_are_left_out_only_by_choice_and_come_back_as_a_file_with_the_reason()
    {
        await using var office = await Office.OpenAsync();
        var id = (await office.UploadAsync(ImportKinds.Customers, "Account number,Name,Email\nA1,Good,good@example.com\nA2,=HYPERLINK(1),not an address\n,Nameless,\n")).ValueOrThrow();

        (await office.ApplyAsync(id)).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("onboarding.wrong-rows");
        var file = Encoding.UTF8.GetString(await office.DoAsync(async db =>
        {
            var preview = await ImportBook.PreviewAsync(db, office.Tenant, (await ImportBook.FindAsync(db, id))!, new(2026, 4, 1));
            return (await ImportBook.WriteWrongRowsAsync(db, preview, new CsvWriter())).ToBytes();
        }));
        file.ShouldContain("A2,'=HYPERLINK(1),not an address,3,[onboarding.bad-email] Email:");
        file.ShouldContain(",Nameless,,4,\"[onboarding.missing] Account number:");
        file.ShouldNotContain("Good");

        (await office.ApplyAsync(id, withoutWrongRows: true)).ValueOrThrow().New.ShouldBe(1);
        (await office.DoAsync(db => ImportBook.FindAsync(db, id)))!.LeftOut.ShouldBe(2);
    }

    [Fact]
    public async Task Text_that_looks_like_a_formula_is_kept_as_text()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Customers, "\uFEFFAccount number;Name\r\n00017;\"=cmd|' /C calc'!A0\"\r\n00018;\"Two\r\nlines\"\r\n".Replace("Two\r\nlines", "Two lines", StringComparison.Ordinal));

        var accounts = await office.DoAsync(db => AccountBook.LoadAsync(db));
        accounts["00017"].Account.Name.ShouldBe("=cmd|' /C calc'!A0");
        accounts.Keys.ShouldContain("00018");
    }

    [Fact]
    public async Task Every_wrong_cell_is_named_with_its_row_column_and_code()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Customers, "Account number,Name,Customer since\nA1,One,2020-01-01\n");

        (await office.FaultsAsync(ImportKinds.Numbers, """
            Account number,Service,Number,Last number,From,Up to and including
            A1,a,4.47E+11,,2026-01-01,
            A1,b,2079460000,,2026-01-01,
            A1,c,020 7946 0009,020 7946 0000,2026-01-01,
            A1,d,020 7946 0010,,03/04/2026,
            A1,e,020 7946 0011,,46082,
            A1,f,020 7946 0012,,2026-02-01,2026-01-31
            Z9,g,020 7946 0013,,2026-01-01,
            A1,h,020 7946 0014,,2026-01-01,
            A1,i,020 7946 0014,,2026-06-01,
            A1,j,,,2026-01-01,
            A1,,,,2026-01-01,
            """)).ShouldBe([
            (2, "Number", "onboarding.spreadsheet-number"), (3, "Number", "onboarding.no-country"), (4, "Last number", "onboarding.bad-range"), (5, "From", "onboarding.ambiguous-date"),
            (6, "From", "onboarding.serial-date"), (7, "Up to and including", "onboarding.bad-dates"), (8, "Account number", "onboarding.no-account"), (10, "Number", "onboarding.number-held"),
            (11, "Service", "onboarding.service-alone"), (12, "Number", "onboarding.missing")]);

        (await office.FaultsAsync(ImportKinds.Charges, """
            Account,Product,Price,From,Quantity
            A1,LINE,"12,50",2026-01-01,1
            A1,LINE,12.5p,2026-01-01,1
            A1,NONE,1,2026-01-01,1
            A1,LINE,abc,2026-01-01,0
            A1,LINE,1,,1
            """)).ShouldBe([
            (2, "Price", "onboarding.decimal-comma"), (3, "Price", "onboarding.pence"), (4, "Product", "onboarding.no-product"), (5, "Price", "onboarding.bad-amount"), (6, "From", "onboarding.missing")]);
    }

    [Fact]
    public async Task Day_first_pence_and_decimal_commas_are_read_when_they_are_chosen()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Customers, "Account number,Name\nA1,One\n");
        await office.ImportAsync(ImportKinds.Charges, "Account;Product;Price;From\nA1;LINE;1.250,5;03/04/2026\n", new ImportSettings { DateOrder = DateOrder.DayFirst, IsPence = true, HasDecimalComma = true });

        var charge = (await office.DoAsync(db => ChargeBook.LoadAsync(db, null))).Single().Charge;
        (charge.Price, charge.Valid.From).ShouldBe((12.505m, new DateOnly(2026, 4, 3)));
    }

    [Fact]
    public async Task A_corrected_mapping_is_remembered_for_the_next_file_with_the_same_header()
    {
        await using var office = await Office.OpenAsync();
        var first = (await office.UploadAsync(ImportKinds.Customers, "Ref,Trading as,Mailbox\nA1,One,one@example.com\n")).ValueOrThrow();
        (await office.PreviewAsync(first)).Mapping.Select(f => (f.Code, f.Field)).ShouldBe([("onboarding.no-column", "accountNumber"), ("onboarding.no-column", "name")]);
        await office.SetAsync(first, new ImportSettings(), "accountNumber", "name", "email");
        (await office.ApplyAsync(first)).ValueOrThrow().New.ShouldBe(1);

        var second = (await office.UploadAsync(ImportKinds.Customers, "REF,Trading  as,mailbox\nA2,Two,two@example.com\n")).ValueOrThrow();
        (await office.PreviewAsync(second)).Import.Columns.ShouldBe(["accountNumber", "name", "email"]);
    }

    [Fact]
    public async Task A_preview_that_is_out_of_date_is_not_applied()
    {
        await using var office = await Office.OpenAsync();
        var id = (await office.UploadAsync(ImportKinds.Customers, "Account number,Name\nA1,One\n")).ValueOrThrow();
        var seen = (await office.PreviewAsync(id)).Plan!.Fingerprint;
        await office.DoAsync(async db => (await AccountBook.OpenAsync(db, new NewAccount("A1", "One", null, new(2026, 4, 1)))).ValueOrThrow());

        await using var db = await office.Database.BeginAsync(office.Tenant.Id);
        (await ImportBook.ApplyAsync(db, office.Tenant, id, seen, false, office.Now)).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("onboarding.preview-out-of-date");
    }

    [Fact]
    public async Task A_rate_card_becomes_the_next_version_and_undoing_publishes_the_one_before()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Rates, "Prefix,Destination,Per minute\n44,UK,1.2\n33,France,4\n", Retail with { IsPence = true });
        var id = (await office.UploadAsync(ImportKinds.Rates, "Code,Country,Rate\n44,UK,0.013\n49,Germany,0.05\n\n,Nowhere,0.01\n49,Germany again,0.06\n")).ValueOrThrow();
        await office.SetAsync(id, Retail);

        var plan = (await office.PreviewAsync(id)).Plan!;
        plan.Faults.Select(f => (f.Row, f.Code)).ShouldBe([(5, "onboarding.bad-key"), (6, "onboarding.ambiguous")]);
        (plan.New, plan.Changed, plan.Tariff!.Removed.Single().Destination).ShouldBe((1, 1, "France"));
        (await office.ApplyAsync(id, withoutWrongRows: true)).ValueOrThrow();
        (await RatesAsync()).ShouldBe(["44 0.013", "49 0.05"]);

        (await office.UndoAsync(id)).ShouldBeEmpty();
        (await RatesAsync()).ShouldBe(["44 0.012", "33 0.04"]);

        async Task<IEnumerable<string>> RatesAsync() => await office.DoAsync(async db =>
        {
            var entry = (await TariffBook.LoadAsync(db)).Single();
            var tariff = TariffReader.Read((await TariffBook.FindDocumentAsync(db, entry.Id, entry.Latest))!).TariffOrThrow();
            return tariff.Rates.Select(r => r.Key + " " + r.PerMinute!.In(0).ToString("0.###", CultureInfo.InvariantCulture)).ToList();
        });
    }

    [Fact]
    public async Task Thousands_of_customers_and_their_numbers_go_in_at_once_and_out_again()
    {
        await using var office = await Office.OpenAsync();
        var empty = await office.RecordsAsync();
        var customers = new StringBuilder("Account number,Name,Email,Address,Town\n");
        var numbers = new StringBuilder("Account number,Number,From\n");
        for (var i = 0; i < 3_000; i++)
        {
            customers.Append(CultureInfo.InvariantCulture, $"C{i:00000},Customer {i},c{i}@example.com,{i} High Street,Leeds\n");
            if (i < 1_000) numbers.Append(CultureInfo.InvariantCulture, $"C{i:00000},02079{i + 400_000:000000},2026-01-01\n");
        }
        var first = await office.ImportAsync(ImportKinds.Customers, customers.ToString());
        var second = await office.ImportAsync(ImportKinds.Numbers, numbers.ToString());
        (await office.DoAsync(db => db.ScalarAsync<long>($"select count(*) from customers.account"))).ShouldBe(3_000);

        (await office.UndoAsync(second)).ShouldBeEmpty();
        (await office.UndoAsync(first)).ShouldBeEmpty();
        (await office.RecordsAsync()).ShouldBe(empty);
        (await office.DoAsync(db => db.FindAsync($"select tenancy.audit_break()", row => row.Maybe<long?>(0)))).ShouldBeNull();
    }

    [Theory]
    [InlineData("Account number,Name\n", "onboarding.no-rows")]
    [InlineData("", "sheet.empty")]
    [InlineData("Account number,Name\nA1,\"One\n", "sheet.bad-csv")]
    public async Task A_file_without_a_table_is_refused(string text, string code)
    {
        await using var office = await Office.OpenAsync();
        (await office.UploadAsync(ImportKinds.Customers, text)).TryGet(out _, out var failure).ShouldBeFalse();
        (failure!.Code, failure.Field).ShouldBe((code, "file"));
    }

    [Fact]
    public async Task An_excel_file_is_a_file_like_any_other()
    {
        await using var office = await Office.OpenAsync();
        var book = new XlsxWriter("Customers").Text("Account number").Text("Name").Text("Customer since").EndRow().Text("00017").Text("One").Date(new(2024, 5, 1)).EndRow().ToBytes();
        var id = (await office.UploadAsync(ImportKinds.Customers, book, "customers.xlsx")).ValueOrThrow();
        (await office.ApplyAsync(id)).ValueOrThrow();
        (await office.DoAsync(db => AccountBook.LoadAsync(db)))["00017"].Account.StartedOn.ShouldBe(new(2024, 5, 1));
    }
}
