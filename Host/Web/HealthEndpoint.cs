using Billing.Tenancy.Tenants;
using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary><c>/health</c>: one word for whoever watches over the process.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IApplicationBuilder app) => app.Map("/health", health => health.Run(async context =>
    {
        var answer = "ok";
#pragma warning disable CA1031 // Whatever keeps the database from answering, the app is not well.
        try
        {
            await context.RequestServices.GetRequiredService<TenantDirectory>().ListAsync(context.RequestAborted);
        }
        catch (Exception)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            answer = "the database does not answer";
        }
#pragma warning restore CA1031
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(answer + "\n", context.RequestAborted);
    }));
}
