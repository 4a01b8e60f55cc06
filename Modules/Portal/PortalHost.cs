using Billing.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Billing.Portal;

/// <summary>
/// At a customers' host name there is the portal and nothing else. What may be asked for is listed here; a page, an endpoint or an API that somebody
/// adds elsewhere is not there until somebody lists it.
/// </summary>
public sealed class PortalHost(RequestDelegate next)
{
    private static readonly PathString[] Open =
        ["/portal", "/sign-in", "/sign-out", "/set-password", "/account", "/error", "/brand.css", "/logo.svg", "/favicon.svg", "/favicon.ico", "/robots.txt"];

    /// <summary>Looks at one request; the tenant and the kind of host are known by now.</summary>
    public Task InvokeAsync(HttpContext context, CurrentTenant current)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(current);
        if (!current.IsPortal) return next(context);
        var path = context.Request.Path;
        if (!path.HasValue || path == "/")
        {
            context.Response.Redirect(context.Request.PathBase + "/portal");
            return Task.CompletedTask;
        }
        if (Open.Any(open => path.StartsWithSegments(open, StringComparison.OrdinalIgnoreCase))) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
