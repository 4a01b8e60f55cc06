namespace Billing.Tenancy.Data.Embedded;

/// <summary>What the embedded database needs to know.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// Folder that holds everything of one installation; created when absent. The cluster goes to <c>postgres</c> below it. Any path
    /// will do: spaces, accents, and parents closed to other users included.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Version of the data this build writes. A folder last used with a higher number is refused, because an older build must not
    /// work on tables it does not know. Raised in the folder as soon as the start succeeds in taking the lock.
    /// </summary>
    public required int DataVersion { get; init; }

    /// <summary>Receives progress, one finished line at a time, from any thread; must not throw.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>
    /// For tests only: a cluster whose loss does not matter. Nothing is flushed to disk, and the owner may create databases.
    /// Out of reach of the product on purpose.
    /// </summary>
    internal bool IsThrowAway { get; init; }

    internal void Say(string line) => Progress?.Invoke(line);
}
