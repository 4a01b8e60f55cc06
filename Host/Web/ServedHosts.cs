using Billing.Tenancy;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary>
/// Answers to the names it knows: this machine's own, those of the settings, and those that tenants have registered. A page on the internet
/// may point its own name at this machine and read what the browser fetches from there; it can't forge the Host header.
/// </summary>
internal sealed class ServedHosts(RequestDelegate next, Database database, WebSettings settings)
{
    private const string Local = ".localhost";

    public async Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host.ToLowerInvariant();
        if (!IsOwn(host))
        {
            if (host.Length is > 0 and < 254 && await HostNames.FindAsync(database, host, context.RequestAborted) is var (tenant, isPortal)) context.Features.Set(new ByHost(tenant, isPortal));
            else if (!host.EndsWith(Local, StringComparison.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync("Nothing is served under this name.\n", context.RequestAborted);
                return;
            }
        }
        await next(context);
    }

    private bool IsOwn(string host) => host is "localhost" or "127.0.0.1" or "[::1]" || settings.OwnHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whose host name a request came by.</summary>
    internal sealed record ByHost(TenantId Tenant, bool IsPortal);
}
