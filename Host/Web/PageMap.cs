using Microsoft.AspNetCore.Routing.Template;

namespace Billing.Host.Web;

/// <summary>Which addresses have a page: what does not is neither in the menu nor linked to from what was found.</summary>
internal sealed class PageMap(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<TemplateMatcher>> templates = new(() =>
        [.. endpoints.Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText is not null).Select(e => new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText!.TrimStart('/')), []))]);

    /// <summary>Whether an address within the tenant leads to a page, whatever its identifiers.</summary>
    public bool Has(string address)
    {
        var path = new PathString(address.Split('?', '#')[0]);
        return templates.Value.Any(template => template.TryMatch(path, []));
    }
}
