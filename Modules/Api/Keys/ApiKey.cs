namespace Billing.Api.Keys;

/// <summary>A program's way in, without its secret.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Label">What its maker calls it; the audit trail names it so.</param>
/// <param name="Scopes">Permissions it has: never more than its maker had.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">The instant from which it opens nothing; null for never.</param>
/// <param name="WithdrawnAt">When it was withdrawn; null while it is good.</param>
/// <param name="LastUsedOn">Last day it was used, in UTC.</param>
public sealed record ApiKey(long Id, string Label, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? WithdrawnAt, DateOnly? LastUsedOn)
{
    /// <summary>The state of a key that opens something.</summary>
    public const string Good = "good";

    /// <summary>Its state in a word: good, expired or withdrawn.</summary>
    public string StateAt(DateTimeOffset now) => WithdrawnAt is not null ? "withdrawn" : ExpiresAt <= now ? "expired" : Good;
}
