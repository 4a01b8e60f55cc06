using Billing.Abstractions.Values;

namespace Billing.Usage.Archives;

/// <summary>
/// Ends the opening of an archive from deep within a stream that somebody else reads; never leaves <see cref="ArchiveOpening"/>, which answers with the failure.
/// </summary>
internal sealed class ArchiveRefused(Failure failure) : Exception(failure.Message)
{
    public ArchiveRefused(string code, string message) : this(new Failure(code, message))
    {
    }

    public Failure Failure { get; } = failure;
}
