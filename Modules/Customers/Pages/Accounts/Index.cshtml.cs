using Billing.Customers.Accounts;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Customers.Pages.Accounts;

/// <summary>All accounts; searched, filtered and sorted.</summary>
[Demands(Permission.ViewAccounts)]
internal sealed class IndexModel(CurrentTenant current, TimeProvider clock) : PageModel
{
    public static IReadOnlyList<ListColumn> Columns { get; } =
        [new("since", "Since"), new("services", "Services"), new("numbers", "Numbers"), new("monthly", "Monthly"), new("pays", "Pays by")];

    public ListPage<AccountLine> List { get; private set; } = null!;

    /// <summary><c>open</c>, <c>closed</c> or empty for all.</summary>
    public string State { get; private set; } = "";

    public bool IsEmpty { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var query = AccountQuery.Read(Request.Query);
        State = AccountQuery.StateOf(query);
        await using var db = await current.BeginAsync(cancellationToken);
        List = query.Cut(await AccountQuery.RowsAsync(db, query, current.Tenant.DayOf(clock.GetUtcNow()), cancellationToken));
        IsEmpty = List.Total == 0 && !await db.ScalarAsync<bool>($"select exists (select from customers.account)", cancellationToken);
    }
}
