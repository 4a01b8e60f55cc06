using Billing.Abstractions.Values;
using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Users;

namespace Billing.Portal.Pages.Portal;

/// <summary>What is owed, the last bills, and what is being used this month.</summary>
[Demands(Permission.UsePortal)]
internal sealed class IndexModel(CurrentTenant current, TimeProvider clock) : PortalPage(current)
{
    private const int BillsInThePicture = 12;
    private const int BillsInTheList = 5;

    private readonly CurrentTenant current = current;

    public Currency Currency => current.Tenant.Currency;

    public decimal Owed => Accounts.Sum(a => a.Owed ?? 0);

    public bool SeesBills => Accounts.Any(a => a.SeesBills);

    /// <summary>Somebody has to send the money themselves.</summary>
    public bool IsPaidByTransfer => Accounts.Any(a => a is { SeesBills: true, PaymentMethod: "bank-transfer", Owed: > 0 });

    public IReadOnlyList<MyBill> Bills { get; private set; } = [];

    public ChartData Billed { get; private set; } = new("Bill", [], [], _ => "");

    public (long Calls, long Seconds, decimal Charge) Usage { get; private set; }

    public DateOnly MonthBegan { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        var today = current.Tenant.DayOf(clock.GetUtcNow());
        MonthBegan = new DateOnly(today.Year, today.Month, 1);
        Usage = await CallSums.UnbilledAsync(db, current.Tenant.StartOf(MonthBegan), cancellationToken);
        if (!SeesBills) return;
        Bills = await MyBill.LoadAsync(db, null, 0, BillsInTheList, cancellationToken);
        var recent = await MyBill.RecentAsync(db, BillsInThePicture, cancellationToken);
        Billed = new ChartData("Bill of", [.. recent.Select(r => Written.Day(r.Day))], [new ChartSeries("Billed with VAT", [.. recent.Select(r => r.Gross)], "brand")], value => Written.Amount(value, Currency));
    }
}
