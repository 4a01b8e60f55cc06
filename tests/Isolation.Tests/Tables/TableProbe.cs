using Billing.Isolation.Tests.Fixture;
using Billing.Tenancy;
using Npgsql;

namespace Billing.Isolation.Tests.Tables;

/// <summary>Tries with each table of a database, as the application, what one tenant could do with another's rows.</summary>
sealed class TableProbe(Rows rows, TenantId victim, TenantId stranger)
{
    const string OwnRows = "gives its own rows to the victim:";

    /// <summary>Rows of the victim by table, as the owner counts them.</summary>
    public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Statements that were tried.</summary>
    public int Tries { get; private set; }

    /// <summary>What got through, as sentences; empty when nothing did.</summary>
    public async Task<IReadOnlyList<string>> LeaksAsync()
    {
        var leaks = new List<string>();
        foreach (var table in await rows.TablesAsync()) leaks.AddRange(await LeaksOfAsync(table));
        foreach (var view in await rows.ViewsAsync())
            foreach (var asker in new TenantId?[] { stranger, null })
                if (await CountAsync(asker, view) is > 0 and var seen) leaks.Add($"{view} shows {seen} of the victim's rows to {Name(asker)}");
        return leaks;
    }

    async Task<IReadOnlyList<string>> LeaksOfAsync(string table)
    {
        var (leaks, theirs) = (new List<string>(), $"where tenant_id = {Rows.Written(victim)}");
        Counts[table] = long.Parse((await rows.OwnersAsync(victim, $"select count(*) from {table} {theirs}"))[0], System.Globalization.CultureInfo.InvariantCulture);
        if (await CountAsync(victim, table) is var own && own != Counts[table] && own is not null) leaks.Add($"{table} shows the victim {own} of its {Counts[table]} rows");
        // A column that can be written to its own value: not a generated one, nor an identity that takes none.
        var column = (await rows.OwnersAsync(null, $"""
            select quote_ident(attname) from pg_attribute
            where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a' order by attname = 'tenant_id' desc, attnum limit 1
            """))[0];
        foreach (var asker in new TenantId?[] { stranger, null })
        {
            if (await CountAsync(asker, table) is > 0 and var seen) leaks.Add($"{table} shows {seen} of the victim's rows to {Name(asker)}");
            // Rows that can't be seen can't be changed; both are tried, for the rights to do so are granted apart.
            await TryAsync(asker, $"update {table} set {column} = {column} {theirs}", "changes");
            if (column == "tenant_id") await TryAsync(asker, $"update {table} set tenant_id = {Rows.Written(victim)}", OwnRows);
            await TryAsync(asker, $"delete from {table} {theirs}", "removes");
        }
        await InsertAsync();
        return leaks;

        async Task TryAsync(TenantId? asker, string sql, string does)
        {
            Tries++;
            try
            {
                if (await rows.TryAsync(asker, sql) is > 0 and var touched) leaks.Add($"{table}: {Name(asker)} {does} {touched} rows");
            }
            catch (PostgresException) when (does == OwnRows)
            {
                // A trigger of the table looks at its own rows before the policy does: refused, one way or the other.
            }
            catch (PostgresException refusal)
            {
                // Another rule answered before the policy did: the row was in reach.
                leaks.Add($"{table}: {Name(asker)} {does} rows up to the rule \"{refusal.MessageText}\"");
            }
        }

        // A whole row of the victim's, written once more by the stranger. The policy answers before any key or check does.
        async Task InsertAsync()
        {
            if ((await rows.OwnersAsync(victim, $"select to_jsonb(t)::text from {table} t {theirs} limit 1")) is not [var row]) return;
            var columns = await rows.OwnersAsync(null, $"select quote_ident(attname) from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum");
            var names = string.Join(", ", columns);
            await TryAsync(stranger, $"insert into {table} ({names}) overriding system value select {names} from jsonb_populate_record(null::{table}, '{row.Replace("'", "''", StringComparison.Ordinal)}'::jsonb)", "adds, in the victim's name,");
        }
    }

    async Task<long?> CountAsync(TenantId? asker, string table)
    {
        Tries++;
        try
        {
            return long.Parse((await rows.ApplicationsAsync(asker, $"select count(*) from {table} where tenant_id = {Rows.Written(victim)}"))[0], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    static string Name(TenantId? asker) => asker is null ? "nobody" : "another tenant";
}
