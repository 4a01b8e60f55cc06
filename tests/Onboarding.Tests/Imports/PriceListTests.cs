using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Onboarding.Columns;
using Billing.Onboarding.Imports;

namespace Billing.Onboarding.Tests.Imports;

/// <summary>Products, one-off charges, services without a number, customers who are leaving.</summary>
[Trait("needs", "postgres")]
public sealed class PriceListTests
{
    [Fact]
    public async Task A_product_recurs_by_the_word_or_the_months_that_the_file_says()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Products, """
            Product code,Description,List price,Frequency,Billed,Proration,VAT,Nominal
            SEAT,Hosted seat,9.75,,,,,4010
            ALARM,Alarm line,27.00,quarterly,advance,actual,standard,4030
            DOMAIN,Domain name,60.00,yearly,arrears,30/360,reduced,4030
            SUPPORT,Support,100,6,,30,,4030
            VISIT,Engineer visit,75.00,once,,,,4040
            """);

        var products = (await office.DoAsync(db => ProductBook.LoadAsync(db))).ToDictionary(p => p.Product.Code, p => p.Product);
        products["SEAT"].Terms.ShouldBe(new RecurringTerms(1, BillingTime.Advance, ProrationBasis.Actual));
        products["ALARM"].Terms.ShouldBe(new RecurringTerms(3, BillingTime.Advance, ProrationBasis.Actual));
        products["DOMAIN"].Terms.ShouldBe(new RecurringTerms(12, BillingTime.Arrears, ProrationBasis.Thirty360));
        products["DOMAIN"].TaxCategory.ShouldBe("reduced");
        products["SUPPORT"].Terms.ShouldBe(new RecurringTerms(6, BillingTime.Advance, ProrationBasis.Thirty));
        products["VISIT"].ShouldBe(new Product("VISIT", "Engineer visit", 75m, null, "standard", "4040"));
    }

    [Fact]
    public async Task Rows_of_the_price_list_that_are_wrong_say_why()
    {
        await using var office = await Office.OpenAsync();
        (await office.FaultsAsync(ImportKinds.Products, """
            Code,Name,Price,Every,When,VAT category,Nominal code
            A,Alpha,free,monthly,,,4010
            B,Beta,1.00,fortnightly,,,4010
            LINE,Line rental,75.00,once,,,4010
            C,Gamma,1.00,monthly,someday,,4010
            D,Delta,1.00,monthly,,luxury,4010
            E,Epsilon,1.00,monthly,,,
            F,Phi,1.00,,,,4010
            F,Phi,2.00,,,,4010
            """)).ShouldBe([
            (2, "Price", "onboarding.bad-amount"), (3, "Every", "onboarding.bad-choice"), (4, "Every", "onboarding.bad-terms"), (5, "When", "onboarding.bad-choice"),
            (6, "VAT category", "onboarding.bad-choice"), (7, "Nominal code", "onboarding.missing"), (9, "Code", "onboarding.repeated"),
        ]);
    }

    [Fact]
    public async Task A_changed_price_is_undone_and_a_product_somebody_bought_stays()
    {
        await using var office = await Office.OpenAsync();
        var changed = await office.ImportAsync(ImportKinds.Products, "Code,Name,Price,Nominal code\nLINE,Line rental,13.00,4010\nSEAT,Hosted seat,9.75,4010\n");
        (await PriceAsync(office, "LINE")).ShouldBe(13.00m);
        (await office.UndoAsync(changed)).ShouldBeEmpty();
        (await PriceAsync(office, "LINE")).ShouldBe(12.50m);
        (await PriceAsync(office, "SEAT")).ShouldBeNull();

        var again = await office.ImportAsync(ImportKinds.Products, "Code,Name,Price,Nominal code\nSEAT,Hosted seat,9.75,4010\n");
        await office.ImportAsync(ImportKinds.Customers, ImportKinds.Customers.Example);
        await office.ImportAsync(ImportKinds.Charges, "Account number,Product,From\nC1001,SEAT,2026-04-01\n");
        (await office.UndoAsync(again)).ShouldHaveSingleItem().Message.ShouldStartWith("Row 2: ");
        (await PriceAsync(office, "SEAT")).ShouldBe(9.75m);
    }

    [Fact]
    public async Task One_off_charges_and_credits_are_taken_in_and_back()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Customers, ImportKinds.Customers.Example);
        await office.ImportAsync(ImportKinds.Products, "Code,Name,Price,Every,Nominal code\nVISIT,Engineer visit,75.00,once,4040\n");
        const string file = "Account number,Product,Description,Amount,Day\nC1001,VISIT,,,2026-03-19\nC1001,VISIT,Goodwill credit,-15.00,2026-03-12\nC1001,VISIT,Goodwill credit,-15.00,2026-03-12\n";
        var id = await office.ImportAsync(ImportKinds.OneOffs, file);

        var charges = await office.DoAsync(db => ChargeBook.LoadOneOffsAsync(db, null));
        charges.Select(c => (c.Charge.Description, c.Charge.Amount, c.Charge.ChargeOn)).ShouldBe(
            [("Engineer visit", 75.00m, new DateOnly(2026, 3, 19)), ("Goodwill credit", -15.00m, new DateOnly(2026, 3, 12)), ("Goodwill credit", -15.00m, new DateOnly(2026, 3, 12))]);
        var twice = (await office.UploadAsync(ImportKinds.OneOffs, file + "C1001,VISIT,Goodwill credit,-15.00,2026-03-12\n")).ValueOrThrow();
        var plan = (await office.PreviewAsync(twice)).Plan!;
        (plan.New, plan.Unchanged).ShouldBe((1, 3));
        (await office.UndoAsync(id)).ShouldBeEmpty();
        (await office.DoAsync(db => ChargeBook.LoadOneOffsAsync(db, null))).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_off_rows_that_are_wrong_say_why()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Customers, ImportKinds.Customers.Example);
        await office.ImportAsync(ImportKinds.Products, "Code,Name,Price,Every,Nominal code\nVISIT,Engineer visit,75.00,once,4040\n");
        (await office.FaultsAsync(ImportKinds.OneOffs, "Account number,Product,Service,Amount,Day\nC1001,LINE,,1,2026-03-19\nC1001,VISIT,Fax,1,2026-03-19\nC1001,VISIT,,0,2026-03-19\nC1001,VISIT,,1,\nC9,NONE,,1,2026-03-19\n"))
            .ShouldBe([
                (2, "Product", "onboarding.recurring"), (3, "Service", "onboarding.no-service"), (4, "Amount", "onboarding.bad-amount"), (5, "Day", "onboarding.missing"),
                (6, "Account number", "onboarding.no-account"), (6, "Product", "onboarding.no-product"),
            ]);
    }

    [Fact]
    public async Task A_row_with_a_service_and_no_number_makes_the_service()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Customers, ImportKinds.Customers.Example);
        var id = await office.ImportAsync(ImportKinds.Numbers, "Account number,Service,Number,From\nC1001,Broadband,,\nC1001,Broadband,,\nC1001,Main line,020 7946 0000,\n");
        (await office.DoAsync(db => ServiceBook.LoadAsync(db, null))).Select(s => s.Details.Label).Order().ShouldBe(["Broadband", "Main line"]);
        (await office.DoAsync(db => NumberBook.LoadAsync(db, null))).Count.ShouldBe(1);
        (await office.FaultsAsync(ImportKinds.Numbers, "Account number,Service,Number,From\nC1001,Lift,,2026-01-01\nC1001,,,\n"))
            .ShouldBe([(2, "Service", "onboarding.service-alone"), (3, "Number", "onboarding.missing")]);
        (await office.UndoAsync(id)).ShouldBeEmpty();
        (await office.DoAsync(db => ServiceBook.LoadAsync(db, null))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customer_who_leaves_comes_with_the_last_day_and_one_who_is_there_is_closed_on_the_page()
    {
        await using var office = await Office.OpenAsync();
        await office.ImportAsync(ImportKinds.Customers, "Account number,Name,Customer since,Customer until\nC7,Leaver Ltd,2025-01-01,2026-03-14\nC8,Stayer Ltd,2025-01-01,\n");
        var accounts = await office.DoAsync(db => AccountBook.LoadAsync(db));
        accounts["C7"].Account.EndedOn.ShouldBe(new DateOnly(2026, 3, 15));
        accounts["C8"].Account.EndedOn.ShouldBeNull();
        (await office.FaultsAsync(ImportKinds.Customers, "Account number,Name,Customer since,Customer until\nC8,Stayer Ltd,2025-01-01,2026-03-31\nC9,Odd Ltd,2026-04-01,2026-03-31\nC7,Leaver Ltd,,2026-03-14\n"))
            .ShouldBe([(2, "Customer until", "onboarding.close-account"), (3, "Customer until", "onboarding.bad-dates")]);
    }

    private static async Task<decimal?> PriceAsync(Office office, string code) => (await office.DoAsync(db => ProductBook.LoadAsync(db))).FirstOrDefault(p => p.Product.Code == code)?.Product.Price;
}
