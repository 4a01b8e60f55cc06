using Billing.Api;
using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary>
/// Refuses requests that name another host than this machine. A page on the internet may point its own name at 127.0.0.1 and read what the
/// browser fetches from there; it can't forge the Host header. And pages change nothing yet, so only reading is allowed.
/// </summary>
internal sealed class LoopbackOnly(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Host.Host.ToLowerInvariant() is not ("localhost" or "127.0.0.1" or "[::1]"))
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This is Billing on its own machine. Open it as http://localhost or http://127.0.0.1.");
        // Programs bring a key of their own; pages have no form yet.
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !request.Path.StartsWithSegments(ApiSetup.Root, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "This app only shows; it takes nothing.");
        }
        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
