using Billing.Rating.RateCards;
using Billing.Screens;
using Billing.Screens.Tables;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Rating.Pages.Tariffs;

/// <summary>All tariffs; searched, filtered and sorted.</summary>
[Demands(Permission.ViewTariffs)]
internal sealed class IndexModel(CurrentTenant current) : PageModel
{
    public static IReadOnlyList<ListColumn> Columns { get; } = [new("version", "Version"), new("published", "Published"), new("by", "By")];

    /// <summary>Tariffs there are, whatever is asked for.</summary>
    public int All { get; private set; }

    public bool HasDefault { get; private set; }

    /// <summary>The list as it is asked for.</summary>
    public ListPage<TariffEntry> List { get; private set; } = null!;

    /// <summary><c>current</c>, <c>retired</c> or empty for all.</summary>
    public string State { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        var tariffs = await TariffBook.LoadAsync(db, cancellationToken);
        (All, HasDefault) = (tariffs.Count, tariffs.Any(tariff => tariff.IsDefault));
        var query = TariffQuery.Read(Request.Query);
        State = TariffQuery.StateOf(query);
        List = query.Cut(TariffQuery.Of(tariffs, query));
    }
}
