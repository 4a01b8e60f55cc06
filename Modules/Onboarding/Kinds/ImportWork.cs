using System.Text.Json;
using Billing.Customers.Accounts;
using Billing.Customers.Services;
using Billing.Tenancy.Data;

namespace Billing.Onboarding.Kinds;

/// <summary>An import while it is applied: the transaction, what its earlier rows made, and a note of everything done, for undoing it.</summary>
internal sealed class ImportWork(TenantDb db, DateTimeOffset now)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly List<Change> changes = [];

    public TenantDb Db { get; } = db;

    public DateTimeOffset Now { get; } = now;

    /// <summary>Accounts that earlier rows made.</summary>
    public Dictionary<string, AccountId> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Services that earlier rows made.</summary>
    public Dictionary<(AccountId, string), ServiceId> Services { get; } = [];

    /// <summary>Versions of things that were changed more than once.</summary>
    public Dictionary<(string, long), int> Versions { get; } = [];

    public IReadOnlyList<Change> Changes => changes;

    public void Made(int row, string subject, long id, int version = 1) => changes.Add(new Change(row, subject, id, version, null));

    public void Changed(int row, string subject, long id, int version, object before)
    {
        Versions[(subject, id)] = version;
        changes.Add(new Change(row, subject, id, version, JsonSerializer.Serialize(before, Json)));
    }

    /// <summary>The version to write over: the one read, or the one an earlier row left.</summary>
    public int VersionOf(string subject, long id, int read) => Versions.GetValueOrDefault((subject, id), read);

    internal sealed record Change(int Row, string Subject, long Id, int Version, string? Before);
}
