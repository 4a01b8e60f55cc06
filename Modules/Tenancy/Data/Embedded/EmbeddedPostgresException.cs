namespace Billing.Tenancy.Data.Embedded;

/// <summary>
/// The embedded database cannot be used. The message is for the person at the keyboard: what, where, why, and what to do;
/// hosts print it without a stack trace.
/// </summary>
public sealed class EmbeddedPostgresException : Exception
{
    internal EmbeddedPostgresException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>
    /// Stable code of the cause: <c>database.locked</c> (another host uses the folder), <c>database.newer</c> (written by a newer
    /// Billing), <c>database.server-version</c> (needs another PostgreSQL major version), <c>database.no-server</c> (no usable
    /// PostgreSQL binaries), <c>database.folder</c> (data folder cannot be used), <c>database.other-user</c> (it belongs to somebody
    /// else), <c>database.socket-folder</c>, <c>database.init</c>, <c>database.start</c>, <c>database.stuck</c> (old server processes
    /// do not go away), <c>database.platform</c> (not Linux).
    /// </summary>
    public string Code { get; }
}
