using Billing.Api;
using Billing.Screens;
using Billing.Tenancy.Tenants;
using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary>
/// Finds the tenant out from the address: <c>/t/larkfell/runs</c> is the page <c>/runs</c> of Larkfell, and pages that link to
/// <c>~/runs</c> stay with it. Where there is only one tenant the prefix may be left out; where there are several, an address without it
/// leads to the first one's.
/// </summary>
internal sealed class TenantAddress(RequestDelegate next)
{
    /// <summary>What stands before a tenant's slug.</summary>
    public const string Prefix = "/t";

    private static readonly PathString Root = new(Prefix);
    private static readonly PathString Errors = new("/error");

    public async Task InvokeAsync(HttpContext context, CurrentTenant current, TenantDirectory directory)
    {
        var request = context.Request;
        // An error page belongs to the request that failed: its tenant, if it had one, is known by now.
        if (current.IsKnown || request.Path.StartsWithSegments(Errors, StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var tenants = await directory.ListAsync(context.RequestAborted);
        current.Choose(null, tenants);
        TenantName? chosen;
        if (request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest))
        {
            var slug = rest.Value!.Split('/', 3) is ["", var first, ..] ? first : "";
            chosen = tenants.FirstOrDefault(t => t.Slug == slug);
            if (chosen is null)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            var own = Root.Add("/" + slug);
            request.Path.StartsWithSegments(own, StringComparison.Ordinal, out rest);
            request.PathBase = request.PathBase.Add(own);
            request.Path = rest.HasValue ? rest : "/";
        }
        else if (request.Path.StartsWithSegments(ApiSetup.Root, StringComparison.OrdinalIgnoreCase))
        {
            // The key says whose.
            await next(context);
            return;
        }
        else if (tenants.Count > 1)
        {
            context.Response.Redirect($"{request.PathBase}{Root}/{tenants[0].Slug}{request.Path}{request.QueryString}");
            return;
        }
        else chosen = tenants.Count == 0 ? null : tenants[0];

        if (chosen is not null) current.Choose(await directory.GetAsync(chosen.Id, context.RequestAborted), tenants);
        else if (request.Path != "/")
        {
            // Nothing is here before the first tenant; the start page says how to begin.
            context.Response.Redirect(request.PathBase + "/");
            return;
        }
        await next(context);
    }
}
