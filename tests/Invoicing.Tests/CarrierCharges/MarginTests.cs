using Billing.Abstractions.Values;
using Billing.Catalog.Products;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Invoicing.Margins;
using Billing.Invoicing.Tests.BillingRuns;
using Billing.Usage.CarrierCharges;
using FsCheck;
using FsCheck.Fluent;
using static Billing.Invoicing.Tests.CarrierCharges.ChargeBooks;

namespace Billing.Invoicing.Tests.CarrierCharges;

/// <summary>2.13: what carriers charge beside what we charge, by worked figures.</summary>
public sealed class MarginTests
{
    private static readonly DateInterval October = new(new(2026, 10, 1), new(2026, 11, 1));
    private static readonly RecurringTerms Monthly = new(1, BillingTime.Advance, ProrationBasis.Actual);

    [Fact]
    public void A_quarters_rental_is_spread_over_its_months_and_adds_up_to_the_last_place()
    {
        // 92 days: 31 of 92 of 100 pounds in October, 30 in November, 31 in December.
        var quarter = new DateInterval(new(2026, 10, 1), new(2027, 1, 1));
        MonthShare.Of(100m, quarter, October).ShouldBe(33.695652m);
        MonthShare.Of(100m, quarter, CarrierChargeList.MonthOf(new(2026, 11, 1))).ShouldBe(32.608696m);
        MonthShare.Of(100m, quarter, CarrierChargeList.MonthOf(new(2026, 12, 1))).ShouldBe(33.695652m);
        MonthShare.Of(100m, quarter, CarrierChargeList.MonthOf(new(2027, 1, 1))).ShouldBe(0);
        MonthShare.Of(-10.50m, October, October).ShouldBe(-10.50m);
    }

    [Fact]
    public void The_shares_of_all_months_are_the_amount() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<int>().Select(n => n / 100m).ToArbitrary(), Gen.Choose(0, 4000).ToArbitrary(), Gen.Choose(1, 800).ToArbitrary(), (amount, offset, days) =>
        {
            var from = new DateOnly(2020, 1, 1).AddDays(offset);
            var period = new DateInterval(from, from.AddDays(days));
            var sum = 0m;
            for (var month = new DateOnly(from.Year, from.Month, 1); month < period.To; month = month.AddMonths(1)) sum += MonthShare.Of(amount, period, CarrierChargeList.MonthOf(month));
            return sum == amount;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Both_sides_stand_beside_each_other_by_service_and_product()
    {
        CarrierCost[] costs =
        [
            // Service 1: sold on as product 7 with a margin, and something that belongs to no product, sold below cost.
            Cost(1, 1, 7, October, 10.50m, suggested: 15m), Cost(1, 1, null, October, 6m),
            // Service 2: nobody pays. Service 3: nothing but a credit for eleven days.
            Cost(1, 2, null, October, 24m), Cost(2, 3, null, new DateInterval(new(2026, 10, 21), new(2026, 11, 1)), -3.73m, suggested: 31m),
        ];
        Subscription[] charges = [Charge(1, 1, 7, 14m), Charge(1, 1, 8, 5m), Charge(2, 4, 8, 9m), Charge(2, 5, 8, 11m)];
        var known = new HashSet<(long, long?, long?)> { (1, 1, 7), (1, 1, null), (2, 4, null) };

        CarrierMargin.Compare(October, costs, known, charges, new HashSet<long> { 7 }, 0.01m).Select(r => (r.Account, r.Service, r.Product, r.Lines, r.Cost, r.Charge, r.Suggested)).ShouldBe([
            (1, 1, 7, 1, 10.50m, 14m, 15m), (1, 1, null, 1, 6m, 5m, null), (1, 2, null, 1, 24m, 0m, null), (2, 3, null, 1, -3.73m, 0m, -11m),
            // A carrier billed service 4 once, and never service 5.
            (2, 4, null, 0, 0m, 9m, null)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(1, 10, 14, MarginVerdict.Sold)]
    [InlineData(1, 10, 10, MarginVerdict.BelowCost)]
    [InlineData(1, 10, 0, MarginVerdict.NobodyPays)]
    [InlineData(0, 0, 9, MarginVerdict.NoCost)]
    [InlineData(1, -3, 0, MarginVerdict.Credit)]
    [InlineData(2, 0, 9, MarginVerdict.Sold)]
    public void A_row_says_what_to_make_of_it(int lines, int cost, int charge, MarginVerdict verdict) =>
        new MarginRow(1, "A1", "Ash", 1, "Line", null, lines, cost, charge, null, null, null).Verdict.ShouldBe(verdict);

    [Fact]
    public void A_charge_that_began_in_the_middle_is_what_its_invoice_says_for_those_days()
    {
        // 20 pounds a month from 15 October, billed to the end of the month: 17 of 31 days, 10.97.
        var charge = Charge(1, 1, 8, 20m) with { Valid = new DateInterval(new(2026, 10, 15), null) };
        CarrierMargin.Compare(October, [Cost(1, 1, null, October, 6m)], new HashSet<(long, long?, long?)>(), [charge], new HashSet<long>(), 0.01m).Single().Charge.ShouldBe(10.97m);
        // With periods from the 15th: 17 of the 31 days of 15 October to 14 November.
        var anchored = charge with { AnchorDay = 15 };
        CarrierMargin.Compare(October, [Cost(1, 1, null, October, 6m)], new HashSet<(long, long?, long?)>(), [anchored], new HashSet<long>(), 0.01m).Single().Charge.ShouldBe(10.967742m);
    }

    [Fact]
    [Trait("needs", "postgres")]
    public async Task A_month_names_lost_money_and_surplus_and_its_cost_is_the_sum_of_the_carriers_lines()
    {
        await using var books = await ChargeBooks.OpenAsync();
        // A rental of 10 pounds from April on each.
        await books.Books.AccountAsync("A1", First);
        await books.Books.AccountAsync("A2", Second);
        var (account, _) = await books.OwnerAsync("A1");
        await books.DoAsync(async db =>
        {
            var unsold = await ServiceList.AddAsync(db, account, "Broadband", null);
            await ServiceList.AssignCircuitAsync(db, unsold, "FTTC-1", new DateInterval(new(2020, 1, 1), null));
            return true;
        });
        await books.ImportAsync("march.csv", March("01632960002", "WLR", 6m));
        await books.ImportAsync("april.csv", Line("01632960001", "WLR", "01/04/2026", "30/04/2026", 6m), Line("FTTC-1", "FTTC", "01/04/2026", "30/04/2026", 24m), Line("01632960009", "WLR", "01/04/2026", "30/04/2026", 6m),
            Line("01632960001", "WLR", "01/04/2026", "30/04/2026", 7m, currency: "EUR"));
        var product = await books.DoAsync(async db => (await ProductList.LoadAsync(db)).Single().Key.Value);
        (await books.DoAsync(db => CarrierProductBook.SaveAsync(db, "Wholesale carrier", "WLR", product, null, 0))).ValueOrThrow().SuggestedRetail.ShouldBe(10m);
        (await books.DoAsync(db => CarrierProductBook.SaveAsync(db, "Wholesale carrier", "NONE", product, null, 0))).TryGet(out _, out var unknown).ShouldBeFalse();
        unknown!.Code.ShouldBe("charges.unknown-product");

        await using var db = await books.BeginAsync();
        var margin = await CarrierMargin.LoadAsync(db, books.Books.Tenant, new(2026, 4, 10), new(2026, 4, 1));
        margin.Rows.Select(r => (r.AccountNumber, r.Service, r.Product, r.Cost, r.Charge, r.Suggested, r.Verdict)).ShouldBe([
            ("A1", "Broadband", null, 24m, 0m, null, MarginVerdict.NobodyPays), ("A2", "Line", "Line", 0m, 10m, null, MarginVerdict.NoCost), ("A1", "Line", "Line", 6m, 10m, 10m, MarginVerdict.Sold)]);
        (margin.Cost, margin.Charge, margin.Margin, margin.Lost, margin.Surplus, margin.Unallocated).ShouldBe((36m, 20m, -16m, 30m, 10m, 6m));
        margin.OtherCurrencies.ShouldBe([("EUR", 7m)]);
        var sums = await CarrierChargeList.SumAsync(db, new ChargeFilter(Month: new DateOnly(2026, 4, 1)));
        sums.AmountIn("GBP").ShouldBe(margin.Cost);
        (await CarrierMargin.LoadAsync(db, books.Books.Tenant, null, new(2026, 4, 1))).Month.From.ShouldBe(new DateOnly(2026, 4, 1));
    }

    private static CarrierCost Cost(long account, long service, long? product, DateInterval period, decimal amount, decimal? suggested = null) => new(1, service, account, service, product, period, 1, amount, suggested);

    private static Subscription Charge(long account, long service, long product, decimal price) =>
        new(default, new AccountId(account), new ServiceId(service), new ProductId(product), "Rental", 1, price, Monthly, 1, new DateInterval(new(2026, 1, 1), null));
}
