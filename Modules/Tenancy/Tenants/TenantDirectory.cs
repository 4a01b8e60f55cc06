using System.Text.Json;
using Billing.Abstractions.Values;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Npgsql;

namespace Billing.Tenancy.Tenants;

/// <summary>The tenants of this installation.</summary>
public sealed class TenantDirectory(Database database)
{
    /// <summary>The short name that no reseller can have: it is the installation's.</summary>
    public const string ReservedSlug = "installation";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>All tenants, by slug.</summary>
    public async Task<IReadOnlyList<TenantName>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var command = database.Source.CreateCommand("select tenant_id, slug, name, is_suspended from tenancy.directory()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tenants = new List<TenantName>();
        while (await reader.ReadAsync(cancellationToken)) tenants.Add(new(new TenantId(reader.GetInt32(0)), reader.GetString(1), reader.GetString(2)) { IsSuspended = reader.GetBoolean(3) });
        return tenants;
    }

    /// <summary>The tenant with a slug; null when there is none.</summary>
    public async Task<Tenant?> FindAsync(string slug, CancellationToken cancellationToken = default)
    {
        var name = (await ListAsync(cancellationToken)).FirstOrDefault(t => string.Equals(t.Slug, slug, StringComparison.Ordinal));
        return name is null ? null : await GetAsync(name.Id, cancellationToken);
    }

    /// <summary>A tenant that is known to exist.</summary>
    public async Task<Tenant> GetAsync(TenantId id, CancellationToken cancellationToken = default)
    {
        await using var db = await database.BeginAsync(id, cancellationToken);
        return await db.FindAsync(
            $"select slug, name, legal_name, address, country, company_number, vat_number, currency, time_zone, brand::text, late_call_days, suspended_why, payment_days, privacy_note, version from tenancy.tenant",
            row => new Tenant(id, row.Text(0), row.Text(1), row.Text(2), row.Get<string[]>(3), row.Text(4), row.MaybeText(5), row.MaybeText(6),
                Currency.Of(row.Text(7)), TimeZoneInfo.FindSystemTimeZoneById(row.Text(8)), BrandOf(row.Text(9)), row.Int(10))
            {
                SuspendedWhy = row.MaybeText(11),
                PaymentDays = row.Int(12),
                PrivacyNote = row.MaybeText(13),
                Version = row.Int(14),
            },
            cancellationToken)
            ?? throw new InvalidOperationException($"There is no tenant {id.Value}.");
    }

    // A tenant that was opened without a brand has none of its parts.
    private static Brand BrandOf(string json)
    {
        var brand = JsonSerializer.Deserialize<Brand>(json, Json)!;
        return brand with { PrimaryColour = brand.PrimaryColour ?? "", AccentColour = brand.AccentColour ?? "", BankDetails = brand.BankDetails ?? [] };
    }

    /// <summary>Opens a tenant, or answers with the one that has the slug already.</summary>
    public async Task<Tenant> OpenAsync(NewTenant tenant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await FindAsync(tenant.Slug, cancellationToken) is { } existing) return existing;
        if (tenant.Slug == ReservedSlug) throw new ArgumentException($"'{ReservedSlug}' is the installation's own name.", nameof(tenant));
        try
        {
            await using var command = database.Source.CreateCommand("select tenancy.create_tenant($1, $2::jsonb)");
            command.Parameters.Add(new NpgsqlParameter { Value = tenant.Slug });
            command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(tenant, Json) });
            await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Somebody opened it in the same moment; theirs is as good.
        }
        return (await FindAsync(tenant.Slug, cancellationToken))!;
    }

    /// <summary>Keeps a tenant's people out until it is resumed, with the reason they are told.</summary>
    public async Task SuspendAsync(TenantId id, string why, Actor actor, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        await using var db = await database.BeginAsync(id, actor, cancellationToken);
        await db.ExecuteAsync($"update tenancy.tenant set suspended_at = {now.UtcDateTime}, suspended_why = {why}", cancellationToken);
        await db.CommitAsync(cancellationToken);
    }

    /// <summary>Lets a suspended tenant's people in again.</summary>
    public async Task ResumeAsync(TenantId id, Actor actor, CancellationToken cancellationToken = default)
    {
        await using var db = await database.BeginAsync(id, actor, cancellationToken);
        await db.ExecuteAsync($"update tenancy.tenant set suspended_at = null, suspended_why = null", cancellationToken);
        await db.CommitAsync(cancellationToken);
    }
}
