using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Rating.Pages.Tariffs;

/// <summary>All tariffs.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    public IReadOnlyList<TariffEntry> Tariffs { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        Tariffs = await TariffBook.LoadAsync(db, cancellationToken);
    }
}
