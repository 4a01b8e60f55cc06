using Billing.Rating.Engine;
using Billing.Tenancy.Data;

namespace Billing.Rating.RateCards;

/// <summary>A tenant's published tariffs, compiled. Versions never change, so a shelf that was read stays right.</summary>
public sealed class TariffShelf
{
    private readonly Dictionary<long, ShelvedTariff> tariffs;
    private readonly ShelvedTariff? fallback;

    private TariffShelf(IReadOnlyList<ShelvedTariff> tariffs, long? defaultId)
    {
        this.tariffs = tariffs.ToDictionary(t => t.TariffId);
        fallback = tariffs.FirstOrDefault(t => t.TariffId == defaultId);
    }

    /// <summary>The code whose first version makes itself the tenant's default where there is none yet.</summary>
    public const string DefaultCode = "default";

    /// <summary>The latest version of a tariff; the tenant's default where <paramref name="tariffId"/> is null; null where there is none.</summary>
    public ShelvedTariff? Find(long? tariffId) => tariffId is { } id ? tariffs.GetValueOrDefault(id) : fallback;

    /// <summary>The latest version of a tariff by its code; null where there is none.</summary>
    public ShelvedTariff? FindByCode(string code) => tariffs.Values.FirstOrDefault(tariff => tariff.Code == code);

    /// <summary>A shelf of tariffs that are at hand.</summary>
    /// <param name="tariffs">Each with an id of its own.</param>
    /// <param name="defaultId">Which of them is the default; null for none.</param>
    public static TariffShelf Of(IReadOnlyList<ShelvedTariff> tariffs, long? defaultId) => new(tariffs, defaultId);

    /// <summary>The same shelf with others in the place of those of the same id, and those of a new id beside them: to see what they would do before they are published.</summary>
    public TariffShelf With(IReadOnlyList<ShelvedTariff> drafts)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        var replaced = drafts.Select(draft => draft.TariffId).ToHashSet();
        return new TariffShelf([.. tariffs.Values.Where(tariff => !replaced.Contains(tariff.TariffId)), .. drafts], fallback?.TariffId);
    }

    /// <summary>Reads and compiles the latest version of every tariff.</summary>
    public static async Task<TariffShelf> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.QueryAsync($"""
            select distinct on (t.tariff_id) t.tariff_id, t.code, v.version, v.document, t.is_default
            from rating.tariff t join rating.tariff_version v using (tenant_id, tariff_id)
            order by t.tariff_id, v.version desc
            """,
            row => (Id: row.Long(0), Code: row.Text(1), Version: row.Int(2), Document: row.Text(3), IsDefault: row.Bool(4)), cancellationToken);
        return new TariffShelf([.. rows.Select(r => new ShelvedTariff(r.Id, r.Code, r.Version, CompiledTariff.Compile(TariffReader.Read(r.Document).TariffOrThrow())))],
            rows.Where(r => r.IsDefault).Select(r => (long?)r.Id).FirstOrDefault());
    }

    /// <summary>
    /// Publishes a document as the next version of the tariff with a code, and makes the tariff when there is none. A document that is
    /// the latest version already makes no new one: publishing twice is publishing once.
    /// </summary>
    /// <returns>The tariff's id.</returns>
    /// <exception cref="ArgumentException">The document is refused; read it first to show the errors.</exception>
    public static async Task<long> PublishAsync(TenantDb db, string code, string document, DateTimeOffset publishedAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var published = await TariffBook.PublishAsync(db, code, null, document, null, publishedAt, cancellationToken);
        return published.TryGet(out var result, out var refused) ? result.Id : throw new ArgumentException(refused.Message, nameof(document));
    }
}
