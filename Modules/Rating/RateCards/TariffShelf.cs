using System.Security.Cryptography;
using System.Text;
using Billing.Rating.Engine;
using Billing.Tenancy.Data;

namespace Billing.Rating.RateCards;

/// <summary>A tenant's published tariffs, compiled. Versions never change, so a shelf that was read stays right.</summary>
public sealed class TariffShelf
{
    private readonly Dictionary<long, ShelvedTariff> tariffs;
    private readonly ShelvedTariff? fallback;

    private TariffShelf(IReadOnlyList<ShelvedTariff> tariffs)
    {
        this.tariffs = tariffs.ToDictionary(t => t.TariffId);
        fallback = tariffs.FirstOrDefault(t => t.Code == DefaultCode);
    }

    /// <summary>The code of the tariff that prices calls of accounts without one of their own.</summary>
    public const string DefaultCode = "default";

    /// <summary>The latest version of a tariff; the tenant's default where <paramref name="tariffId"/> is null; null where there is none.</summary>
    public ShelvedTariff? Find(long? tariffId) => tariffId is { } id ? tariffs.GetValueOrDefault(id) : fallback;

    /// <summary>Reads and compiles the latest version of every tariff.</summary>
    public static async Task<TariffShelf> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"""
            select distinct on (t.tariff_id) t.tariff_id, t.code, v.version, v.document
            from rating.tariff t join rating.tariff_version v using (tenant_id, tariff_id)
            order by t.tariff_id, v.version desc
            """,
            row => (Id: row.Long(0), Code: row.Text(1), Version: row.Int(2), Document: row.Text(3)), cancellationToken);
        return new TariffShelf([.. rows.Select(r => new ShelvedTariff(r.Id, r.Code, r.Version, CompiledTariff.Compile(TariffReader.Read(r.Document).TariffOrThrow())))]);
    }

    /// <summary>
    /// Publishes a document as the next version of the tariff with a code, and makes the tariff when there is none. A document that is
    /// published already keeps its version: publishing twice is publishing once.
    /// </summary>
    /// <returns>The tariff's id.</returns>
    /// <exception cref="ArgumentException">The document is refused; read it first to show the errors.</exception>
    public static async Task<long> PublishAsync(TenantDb db, string code, string document, DateTimeOffset publishedAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var reading = TariffReader.Read(document);
        if (!reading.IsAccepted) throw new ArgumentException(string.Join("; ", reading.Errors), nameof(document));
        await db.LockAsync("tariff/" + code, cancellationToken);
        await db.ExecuteAsync($"insert into rating.tariff (code, name) values ({code}, {reading.Tariff.Name}) on conflict (tenant_id, code) do update set name = excluded.name", cancellationToken);
        var id = await db.ScalarAsync<long>($"select tariff_id from rating.tariff where code = {code}", cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
        await db.ExecuteAsync($"""
            insert into rating.tariff_version (tariff_id, version, document, hash, published_at)
            select {id}, coalesce(max(version), 0) + 1, {document}, {hash}, {publishedAt.UtcDateTime} from rating.tariff_version where tariff_id = {id}
            on conflict (tenant_id, tariff_id, hash) do nothing
            """, cancellationToken);
        return id;
    }
}
