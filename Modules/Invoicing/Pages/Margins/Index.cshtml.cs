using System.Globalization;
using Billing.Invoicing.Margins;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Invoicing.Pages.Margins;

/// <summary>What carriers charge for services beside what we charge for them, month by month (2.13).</summary>
[Demands(Permission.ViewBilling)]
internal sealed class IndexModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public CarrierMargin Found { get; private set; } = null!;

    public ListPage<MarginRow> List { get; private set; } = null!;

    public string MonthName => Found.Month.From.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var query = ListQuery.Read(Request.Query, MarginList.Sorts, PageSize, "month", "verdict");
        await using var db = await current.BeginAsync(cancellationToken);
        Found = await CarrierMargin.LoadAsync(db, current.Tenant, MonthOf(query), current.Tenant.DayOf(clock.GetUtcNow()), cancellationToken);
        List = query.Cut(MarginList.Of(Found, query));
    }

    internal static DateOnly? MonthOf(ListQuery query) =>
        DateOnly.TryParseExact(query.Kept.GetValueOrDefault("month"), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999 ? day : null;
}
