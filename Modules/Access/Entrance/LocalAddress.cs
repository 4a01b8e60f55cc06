namespace Billing.Access.Entrance;

/// <summary>Where to go after signing in: a path of this app and nothing else, for the address comes from outside.</summary>
internal static class LocalAddress
{
    /// <summary>The path when it is one of ours; <c>/</c> for anything that a browser might read as another host's, or that would sign in again.</summary>
    public static string Of(string? asked)
    {
        if (string.IsNullOrEmpty(asked) || asked.Length > 2000 || asked[0] != '/' || asked is [_, '/' or '\\', ..] || asked.Any(c => char.IsControl(c) || c == '\\')) return "/";
        // Decoded once more by a proxy, "/%2f" would be "//".
        var path = Uri.UnescapeDataString(asked.Split('?', '#')[0]);
        return path is [_, '/' or '\\', ..] || path.Contains('\\', StringComparison.Ordinal) || path.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase) ? "/" : asked;
    }
}
