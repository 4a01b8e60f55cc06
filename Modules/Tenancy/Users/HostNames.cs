using System.Text.RegularExpressions;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Npgsql;

namespace Billing.Tenancy.Users;

/// <summary>Which host name leads to which tenant. A name leads to one tenant only, over the whole installation.</summary>
public static partial class HostNames
{
    /// <summary>Those of a tenant.</summary>
    public static Task<List<HostName>> ListAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.QueryAsync($"select host, purpose, added_at from tenancy.host_name order by purpose desc, host", row => new HostName(row.Text(0), row.Text(1) == "portal", row.Instant(2)), cancellationToken);
    }

    /// <summary>Takes a name for a tenant.</summary>
    /// <returns>The name as kept, or <c>hosts.bad-name</c>, <c>hosts.taken</c> (by whom is not said).</returns>
    public static async Task<Result<string>> AddAsync(TenantDb db, string host, bool isPortal, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(host);
        var name = host.Trim().TrimEnd('.').ToLowerInvariant();
        if (name.Length > 253 || !Shape().IsMatch(name) || Numbers().IsMatch(name) || name is "localhost")
            return new Failure("hosts.bad-name", $"'{host.Trim()}' is not a host name such as bills.example.com. Leave out https:// and the port.");
        return await db.ScalarAsync<bool>($"select tenancy.claim_host({name}, {(isPortal ? "portal" : "staff")}, {now.UtcDateTime})", cancellationToken)
            ? name
            : new Failure("hosts.taken", $"The host name {name} is in use already.");
    }

    /// <summary>Gives a name up; false when it was not this tenant's.</summary>
    public static async Task<bool> RemoveAsync(TenantDb db, string host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync($"delete from tenancy.host_name where host = {host}", cancellationToken) > 0;
    }

    /// <summary>Whose a name is, over all tenants; null for one that nobody has.</summary>
    /// <param name="database">The installation's.</param>
    /// <param name="host">Lower case, without a port.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<(TenantId Tenant, bool IsPortal)?> FindAsync(Database database, string host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var command = database.Source.CreateCommand("select tenant_id, purpose from tenancy.tenant_of_host($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = host });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (new TenantId(reader.GetInt32(0)), reader.GetString(1) == "portal") : null;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$")]
    private static partial Regex Shape();

    // Browsers read a name whose last part is a number as an address.
    [GeneratedRegex("\\.[0-9]+$")]
    private static partial Regex Numbers();
}
