using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;

namespace Billing.Portal.Pages.Portal;

/// <summary>All bills, the newest first.</summary>
[Demands(Permission.UsePortal)]
internal sealed class BillsModel(CurrentTenant current) : PortalPage(current)
{
    private const int PageSize = 24;

    public ListPage<MyBill> Bills { get; private set; } = null!;

    public bool SeesBills => Accounts.Any(a => a.SeesBills);

    /// <summary>The account whose bills are shown; null for all.</summary>
    public string? Account { get; private set; }

    public async Task OnGetAsync(string? account, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        Account = Accounts.FirstOrDefault(a => a.Number == account)?.Number;
        var query = ListQuery.Read(Request.Query, ["date"], PageSize, "account");
        var total = await MyBill.CountAsync(db, Account, cancellationToken);
        Bills = new ListPage<MyBill>(query, await MyBill.LoadAsync(db, Account, (query.Page - 1L) * PageSize, PageSize, cancellationToken), total);
    }
}
