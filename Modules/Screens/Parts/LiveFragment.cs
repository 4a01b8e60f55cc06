using Microsoft.AspNetCore.Http;

namespace Billing.Screens.Parts;

/// <summary>What a page handler says about the answer to a <see cref="Live"/> part.</summary>
public static class LiveFragment
{
    /// <summary>Whether this request asks for the part alone.</summary>
    public static bool IsAskedFor(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.ContainsKey("HX-Request") && !request.Headers.ContainsKey("HX-Boosted");
    }

    /// <summary>Tells the page to load itself once more, because the work is over.</summary>
    public static void EndWith(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers["HX-Refresh"] = "true";
    }
}
