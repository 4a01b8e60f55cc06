using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using System.Security.Cryptography;

namespace Billing.Screens.Notices;

/// <summary>
/// What is said once, on the page after the one that did something: leave it, redirect, and the next page shows it. It travels in a cookie
/// that lives for a minute and is encrypted, so that nobody else can put words into our mouth; no session is needed.
/// </summary>
public static class Notice
{
    private const string Cookie = "notice";
    private const string Purpose = "notice";
    private const int Longest = 500;

    /// <summary>Leaves a sentence for the next page: <c>Account A001 is closed.</c></summary>
    public static void Leave(HttpContext context, string words)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(words);
        var kept = Protector(context).Protect(words.Length > Longest ? words[..Longest] : words);
        context.Response.Cookies.Append(Cookie, kept, Options(context, TimeSpan.FromMinutes(1)));
    }

    /// <summary>Takes what was left; null when there is nothing. Called by the layout, before the answer begins.</summary>
    public static string? Take(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } kept) return null;
        context.Response.Cookies.Delete(Cookie, Options(context, null));
        try
        {
            return Protector(context).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // Not ours, or from before the keys were changed.
            return null;
        }
    }

    private static IDataProtector Protector(HttpContext context) => context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);

    private static CookieOptions Options(HttpContext context, TimeSpan? life) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = life,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
