using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing.Matching;

namespace Billing.Host.Web;

/// <summary>
/// Reads a page's model when its address is first asked for; reading all eighty took a third of a second of each start. An address whose page is
/// not read demands nothing that anybody could have, so the gate stays shut.
/// </summary>
internal sealed class PageOnDemand(PageLoader loader) : MatcherPolicy, IEndpointSelectorPolicy
{
    // Before anything that asks what a page demands or takes.
    public override int Order => int.MinValue + 100;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => Unread(endpoint) is not null);

    public async Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i) || Unread(candidates[i].Endpoint) is not { } page) continue;
            var read = await loader.LoadAsync(page, candidates[i].Endpoint.Metadata);
            candidates.ReplaceEndpoint(i, read.Endpoint, candidates[i].Values);
        }
    }

    private static PageActionDescriptor? Unread(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page and not CompiledPageActionDescriptor ? page : null;
}
