using Billing.Portal.Seen;
using Billing.Screens;
using Billing.Tenancy.Users;

namespace Billing.Portal.Pages.Portal;

/// <summary>How somebody signs in, and what they may see.</summary>
[Demands(Permission.UsePortal)]
internal sealed class MeModel(CurrentTenant current) : PortalPage(current)
{
    /// <summary>Which lines' calls they may see, by account.</summary>
    public IReadOnlyList<(string Account, string Lines)> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        var services = await db.QueryAsync($"select account_id, label from portal.my_service order by label", row => (Account: row.Long(0), Label: row.Text(1)), cancellationToken);
        Lines = [.. Accounts.Select(a => (a.Number, a.SeesAllNumbers ? "every number" : string.Join(", ", services.Where(s => s.Account == a.Id).Select(s => s.Label)) is { Length: > 0 } some ? some : "none"))];
    }
}
