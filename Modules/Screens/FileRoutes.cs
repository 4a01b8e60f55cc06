using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Screens;

/// <summary>
/// The files that pages link to: documents, exports, the brand. They are few and none is asked for at a start, so they are plain delegates: an endpoint that
/// states parameters of its own has its binding compiled whenever the program starts.
/// </summary>
public static class FileRoutes
{
    /// <summary>Serves a file under an address.</summary>
    /// <param name="routes">Where it is added.</param>
    /// <param name="pattern">The address, with the route's values in braces.</param>
    /// <param name="serve">Finds the file. Whoever asks is allowed to by the time it is called.</param>
    public static IEndpointConventionBuilder MapFile(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, CurrentTenant, Task<IResult>> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        return routes.MapGet(pattern, async context =>
        {
            var file = await serve(context, context.RequestServices.GetRequiredService<CurrentTenant>());
            await file.ExecuteAsync(context);
        });
    }

    /// <summary>A value out of the address.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">Its name in the pattern.</param>
    public static string Routed(this HttpContext context, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (string)context.GetRouteValue(name)!;
    }

    /// <summary>An id out of the address, which the pattern says is <c>:long</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">Its name in the pattern.</param>
    public static long RoutedId(this HttpContext context, string name) => long.Parse(context.Routed(name), CultureInfo.InvariantCulture);
}
