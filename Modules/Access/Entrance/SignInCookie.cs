using Billing.Screens;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Billing.Access.Entrance;

/// <summary>
/// The cookie that carries the key of a sign-in. Each side of the counter has its own name, neutral, for customers see it too. It goes to the host
/// that set it and no other, and under <c>/t/larkfell</c> to that path only.
/// </summary>
internal static class SignInCookie
{
    private const int Tried = 4;

    /// <summary>The operator's, which also opens tenants that have let them in.</summary>
    public const string Operator = "oid";

    public static string NameFor(CurrentTenant current) => current.IsInstallation ? Operator : current.IsPortal ? "cid" : "sid";

    /// <summary>
    /// The keys that came under a name. A browser may hold one for the host and one for a path below it; which comes first is up to it, so both
    /// are looked at.
    /// </summary>
    public static IEnumerable<string> Keys(HttpRequest request, string name) =>
        CookieHeaderValue.TryParseList([.. request.Headers.Cookie.OfType<string>()], out var cookies)
            ? cookies.Where(cookie => cookie.Name.Equals(name, StringComparison.Ordinal) && cookie.Value.Length is > 20 and < 100).Select(cookie => cookie.Value.ToString()).Take(Tried)
            : [];

    public static void Set(HttpContext context, CurrentTenant current, string key) => context.Response.Cookies.Append(NameFor(current), key, Options(context, current));

    public static void Remove(HttpContext context, CurrentTenant current) => context.Response.Cookies.Delete(NameFor(current), Options(context, current));

    // No expiry: it goes when the browser is closed, and the row it leads to ends by itself. An operator's goes to all paths: tenants stand beside /operator.
    private static CookieOptions Options(HttpContext context, CurrentTenant current) => new()
    {
        HttpOnly = true,
        SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = current.IsInstallation || !context.Request.PathBase.HasValue ? "/" : context.Request.PathBase.Value,
        IsEssential = true,
    };
}
