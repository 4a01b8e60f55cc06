using Billing.Screens;
using Billing.Screens.Search;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Billing.Host.Web.Pages;

/// <summary>Everything of the tenant that matches a few words, by kind.</summary>
[Demands(Permission.ViewDashboard)]
internal sealed class SearchModel(CurrentTenant current, IEnumerable<ISearchSource> sources, PageMap pages) : PageModel
{
    private const int Limit = 20;

    public SearchWords? Words { get; private set; }

    public IReadOnlyList<IGrouping<string, SearchHit>> Kinds { get; private set; } = [];

    /// <summary>Kinds with as many hits as are shown, of which there may be more.</summary>
    public IReadOnlySet<string> Cut { get; private set; } = new HashSet<string>();

    public bool Leads(SearchHit hit) => pages.Has(hit.Address);

    public async Task OnGetAsync(string? q, CancellationToken cancellationToken)
    {
        Words = SearchWords.Read(q);
        if (Words is null) return;
        await using var db = await current.BeginAsync(cancellationToken);
        var hits = new List<SearchHit>();
        var cut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources.Where(s => current.May(s.Permission)))
        {
            var found = await source.FindAsync(db, Words, Limit, cancellationToken);
            if (found.Count >= Limit) cut.Add(found[0].Kind);
            hits.AddRange(found);
        }
        Cut = cut;
        Kinds = [.. hits.GroupBy(hit => hit.Kind)];
    }
}
