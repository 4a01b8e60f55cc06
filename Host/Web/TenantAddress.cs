using Billing.Api;
using Billing.Screens;
using Billing.Tenancy;
using Billing.Tenancy.Tenants;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary>
/// Finds the tenant out from the address. A registered host name is one tenant's, staff or portal. At the installation's own name
/// <c>/t/larkfell/runs</c> is the page <c>/runs</c> of Larkfell and <c>/operator/people</c> the page <c>/people</c> of the installation; pages that
/// link to <c>~/runs</c> stay where they are. Where there is only one tenant the prefix may be left out; where there are several, an address without
/// it leads to the first one's on this machine, and to the operator's pages elsewhere.
/// </summary>
internal sealed class TenantAddress(RequestDelegate next, WebSettings settings)
{
    /// <summary>What stands before a tenant's slug.</summary>
    public const string Prefix = "/t";

    /// <summary>What stands before the operator's pages.</summary>
    public const string Operator = "/operator";

    private static readonly PathString Root = new(Prefix);
    private static readonly PathString Errors = new("/error");

    public async Task InvokeAsync(HttpContext context, CurrentTenant current, TenantDirectory directory)
    {
        var request = context.Request;
        // An error page belongs to the request that failed: its tenant, if it had one, is known by now, and if it failed before that, asking again fails too.
        if (current.IsKnown || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            await next(context);
            return;
        }
        if (context.Features.Get<ServedHosts.ByHost>() is { } host)
        {
            current.Choose(await directory.GetAsync(host.Tenant, context.RequestAborted), host.IsPortal);
            await next(context);
            return;
        }
        if (request.Path.StartsWithSegments(Errors, StringComparison.Ordinal))
        {
            await next(context);
            return;
        }
        if (request.Path.StartsWithSegments(Operator, StringComparison.Ordinal, out var rest))
        {
            if (!rest.HasValue || rest == "/")
            {
                context.Response.Redirect(Operator + "/tenants");
                return;
            }
            Step(request, Operator, rest);
            current.Choose(await directory.GetAsync(TenantId.Installation, context.RequestAborted), isPortal: false);
            await next(context);
            return;
        }

        var tenants = await directory.ListAsync(context.RequestAborted);
        TenantName? chosen;
        if (request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out rest))
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
            Step(request, own, rest.HasValue ? rest : "/");
        }
        else if (request.Path.StartsWithSegments(ApiSetup.Root, StringComparison.OrdinalIgnoreCase))
        {
            // The key says whose.
            await next(context);
            return;
        }
        else if (tenants.Count == 1) chosen = tenants[0];
        else
        {
            // Nothing is here before the first tenant; and strangers are not told which tenants there are.
            var isFirst = tenants.Count > 1 && !settings.OwnHosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase);
            context.Response.Redirect(isFirst ? $"{request.PathBase}{Root}/{tenants[0].Slug}{request.Path}{request.QueryString}" : Operator + "/");
            return;
        }
        current.Choose(await directory.GetAsync(chosen.Id, context.RequestAborted), isPortal: false);
        await next(context);
    }

    private static void Step(HttpRequest request, PathString into, PathString rest)
    {
        request.PathBase = request.PathBase.Add(into);
        request.Path = rest;
    }
}
