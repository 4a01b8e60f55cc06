using Billing.Abstractions.Values;

namespace Billing.Tenancy.Data;

/// <summary>The database can't be used as it is; the message says why and what to do.</summary>
public sealed class DatabaseException(Failure failure) : Exception(failure.Message)
{
    /// <summary>What is wrong, with its stable code.</summary>
    public Failure Failure { get; } = failure;
}
