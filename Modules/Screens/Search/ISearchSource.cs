using Billing.Tenancy.Data;

namespace Billing.Screens.Search;

/// <summary>What a module finds for the search box at the top of every page. One for each kind of thing; registered as <c>ISearchSource</c>.</summary>
public interface ISearchSource
{
    /// <summary>Who may not do this is not asked for: one of <see cref="Tenancy.Users.Permission"/>.</summary>
    string Permission { get; }

    /// <summary>Things that match the words, the likeliest first. Nothing found is an empty list; words that can't mean such a thing need no query.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="words">What was typed.</param>
    /// <param name="limit">Hits at most; more than that is narrowed down by better words.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<SearchHit>> FindAsync(TenantDb db, SearchWords words, int limit, CancellationToken cancellationToken);
}
