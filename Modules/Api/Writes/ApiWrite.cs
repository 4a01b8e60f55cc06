using Billing.Tenancy.Data;

namespace Billing.Api.Writes;

/// <summary>
/// The transaction of a write: what the endpoint changes and the answer that is kept for a repetition are committed together, so a request
/// that is sent again either finds its answer or finds nothing done.
/// </summary>
public sealed class ApiWrite
{
    private TenantDb? db;

    /// <summary>The tenant, on behalf of the key. Committed when the endpoint answers with success, undone when it does not.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not a write: it does not stand behind <see cref="WriteOnce"/>.</exception>
    public TenantDb Db => db ?? throw new InvalidOperationException("The endpoint is no write.");

    /// <summary>True when a refusal is kept too: what was noted of it is committed, and the same request gets the same refusal again.</summary>
    internal bool KeepsRefusal { get; private set; }

    /// <summary>Says that the refusal to come has left something that is to stay, such as a line in a list of what was refused.</summary>
    public void KeepRefusal() => KeepsRefusal = true;

    internal void Begin(TenantDb transaction) => db = transaction;
}
