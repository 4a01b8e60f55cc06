using Microsoft.AspNetCore.Http;

namespace Billing.Host.Web;

/// <summary>Light, dark, or as the device says: the choice is a cookie, so that the page comes in the right colours at once and without script.</summary>
internal static class LookEndpoint
{
    private const string Cookie = "look";
    private const string Path = "/look";

    /// <summary>The look that was chosen: <c>light</c> or <c>dark</c>; null for the device's.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[Cookie] is "light" or "dark" ? context.Request.Cookies[Cookie] : null;

    public static void MapLook(this IApplicationBuilder app) => app.Map(Path, look => look.Run(context =>
    {
        var options = new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = TimeSpan.FromDays(365) };
        var chosen = context.Request.Query["as"].ToString();
        if (chosen is "light" or "dark") context.Response.Cookies.Append(Cookie, chosen, options);
        else context.Response.Cookies.Delete(Cookie, options);
        context.Response.Redirect(Back(context.Request));
        return Task.CompletedTask;
    }));

    // To the page it was asked for on, if that is one of ours; never to an address that somebody put into a link.
    private static string Back(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == request.Host.Value && !from.AbsolutePath.StartsWith("//", StringComparison.Ordinal)
            ? from.PathAndQuery
            : "/";
}
