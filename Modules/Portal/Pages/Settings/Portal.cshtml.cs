using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Screens.Charts;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Portal.Pages.Settings;

/// <summary>The portal's first page with invented figures, for staff who choose colours.</summary>
[Demands(Permission.ViewSettings)]
internal sealed class PortalModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    private const int Bills = 6;

    public IReadOnlyList<MyBill> Sample { get; private set; } = [];

    public ChartData Billed { get; private set; } = new("Bill", [], [], _ => "");

    public void OnGet()
    {
        ViewData["Preview"] = true;
        var today = current.Tenant.DayOf(clock.GetUtcNow());
        var first = new DateOnly(today.Year, today.Month, 1);
        Sample = [.. Enumerable.Range(0, Bills).Select(back => new MyBill($"SAMPLE-{Bills - back}", "A-0001", "Sample Customer Ltd", first.AddMonths(-back), first.AddMonths(-back).AddDays(14),
            current.Tenant.Currency, 100 + (back * 7 % 5 * 10), 20 + (back * 7 % 5 * 2), 120 + (back * 7 % 5 * 12), false))];
        var oldestFirst = Sample.Reverse().ToList();
        Billed = new ChartData("Bill of", [.. oldestFirst.Select(b => Written.Day(b.InvoiceDate))], [new ChartSeries("Billed with VAT", [.. oldestFirst.Select(b => b.Gross)], "brand")], value => Written.Amount(value, current.Tenant.Currency));
    }
}
