using System.Text;
using Billing.Abstractions.Cdr;
using Billing.Abstractions.Values;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Usage.Import;

namespace Billing.Usage.Mapping;

/// <summary>The carriers that a tenant has described, beside those that plugins bring.</summary>
public static class DescribedCarriers
{
    /// <summary>All of them, by code.</summary>
    public static async Task<IReadOnlyList<DescribedCarrier>> LoadAsync(TenantDb db, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.QueryAsync($"select described_id, code, name, carrier, document, version from usage.described_carrier order by code", Read, cancellationToken);
    }

    /// <summary>One of them, or null.</summary>
    public static Task<DescribedCarrier?> FindAsync(TenantDb db, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FindAsync($"select described_id, code, name, carrier, document, version from usage.described_carrier where code = {code}", Read, cancellationToken);
    }

    /// <summary>The formats that a tenant's files may have: the plugins' and its own. A plugin that came later with the same id goes first.</summary>
    public static async Task<CdrFormatCatalog> FormatsAsync(TenantDb db, CdrFormatCatalog plugins, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        var own = new List<ICdrFormat>();
        foreach (var described in await LoadAsync(db, cancellationToken))
            // What was saved was right then; a description that a later release can't read any more reads no file, and says so where it is edited.
            if (Mapping(described.Document).TryGet(out var mapping, out _)) own.Add(new MappedCdrFormat(mapping));
        return own.Count == 0 ? plugins : plugins.With(own);
    }

    /// <summary>Saves a description: a new one, or a change of one that is there.</summary>
    /// <param name="db">The tenant.</param>
    /// <param name="plugins">The formats that have their ids already.</param>
    /// <param name="was">The code it has now; null for a new one.</param>
    /// <param name="version">The version that was looked at; 0 for a new one.</param>
    /// <param name="document">The description.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What is there now; <c>mapping.*</c>, <c>records.taken</c>, or who changed it meanwhile.</returns>
    public static async Task<Result<DescribedCarrier>> SaveAsync(TenantDb db, CdrFormatCatalog plugins, string? was, int version, string document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(plugins);
        ArgumentNullException.ThrowIfNull(document);
        if (!Mapping(document).TryGet(out var mapping, out var wrong)) return wrong;
        if (plugins.Find(mapping.Id).IsSuccess) return Taken($"'{mapping.Id}' is the id of a format that a plugin brings. Choose another.");
        var (name, carrier) = (mapping.Name.Trim(), mapping.Carrier.Trim());
        var rows = 0;
        if (was is null)
        {
            rows = await db.ExecuteAsync($"""
                insert into usage.described_carrier (code, name, carrier, document) values ({mapping.Id}, {name}, {carrier}, {document}) on conflict (tenant_id, code) do nothing
                """, cancellationToken);
            return rows == 1 ? (await FindAsync(db, mapping.Id, cancellationToken))! : Taken($"You have a description '{mapping.Id}' already. Change that one, or choose another id.");
        }
        if (await FindAsync(db, was, cancellationToken) is not { } stored) return Gone(was);
        var refusal = await db.TryAsync(async () => rows = await db.ExecuteAsync($"""
            update usage.described_carrier set code = {mapping.Id}, name = {name}, carrier = {carrier}, document = {document}, version = version + 1
            where described_id = {stored.Id} and version = {version}
            """, cancellationToken), cancellationToken);
        if (refusal is not null) return Taken($"You have another description '{mapping.Id}' already. Choose another id.");
        return rows == 1 ? (await FindAsync(db, mapping.Id, cancellationToken))! : await StaleAsync(db, stored, cancellationToken);
    }

    /// <summary>Removes a description. Files that were read by it stay as they are.</summary>
    public static async Task<Result<DescribedCarrier>> RemoveAsync(TenantDb db, string code, int version, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(db, code, cancellationToken) is not { } stored) return Gone(code);
        var rows = await db.ExecuteAsync($"delete from usage.described_carrier where described_id = {stored.Id} and version = {version}", cancellationToken);
        return rows == 1 ? stored : await StaleAsync(db, stored, cancellationToken);
    }

    private static Result<CarrierMapping> Mapping(string document) => MappingReader.Read(Encoding.UTF8.GetBytes(document));

    private static DescribedCarrier Read(Row row) => new(row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Int(5));

    private static Failure Taken(string why) => new("records.taken", why) { Field = "document" };

    private static Failure Gone(string code) => new(LastChange.Gone, $"There is no description '{code}' any more. Nothing was saved.");

    private static async Task<Result<DescribedCarrier>> StaleAsync(TenantDb db, DescribedCarrier stored, CancellationToken cancellationToken) =>
        await LastChange.RefuseAsync(db, "usage.described_carrier", "described_id", stored.Id, "This description", cancellationToken);
}
