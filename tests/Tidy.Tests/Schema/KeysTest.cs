using Billing.Host;

namespace Billing.Tidy.Tests.Schema;

/// <summary>A tenant's rows lie together and can't refer to another tenant's: every key begins with the tenant.</summary>
[Collection(MigratedDatabaseGroup.Name)]
[Trait("needs", "postgres")]
public sealed class KeysTest(MigratedDatabase database)
{
    // A reseller's short name is the one thing that tenants share: it has to be unique among all of them.
    private const string SharedBetweenTenants = "('tenancy.tenant_slug_key')";

    [Fact]
    public void Every_module_that_has_a_schema_is_migrated() =>
        Tree.Repository.Files.Where(f => f.StartsWith("Modules/", StringComparison.Ordinal) && f.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(f => f.Split('/')[1].ToLowerInvariant() + "/" + Path.GetFileNameWithoutExtension(f))
            .Except(Installation.Migrations.Select(m => m.Name)).ShouldBeEmpty();

    [Fact]
    public async Task There_are_tables_to_look_at() =>
        (await database.AskAsync(Catalog.Relations + "select name from tables")).Count.ShouldBeGreaterThan(20);

    [Fact]
    public async Task Every_table_says_whose_its_rows_are() =>
        (await database.AskAsync(Catalog.Relations + """
            select name || ' has no tenant_id int not null' from tables
            where not exists (select from pg_attribute a where a.attrelid = tables.oid and a.attnum = tables.tenant and a.atttypid = 'int'::regtype and a.attnotnull)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Every_table_has_a_primary_key() =>
        (await database.AskAsync(Catalog.Relations + """
            select name from tables where not exists (select from pg_index i where i.indrelid = tables.oid and i.indisprimary)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Every_primary_key_and_unique_index_begins_with_the_tenant() =>
        (await database.AskAsync(Catalog.Relations + $"""
            select name || ': ' || pg_get_indexdef(i.indexrelid)
            from tables join pg_index i on i.indrelid = tables.oid join pg_class c on c.oid = i.indexrelid
            where i.indisunique and i.indkey[0] is distinct from tenant and schema || '.' || c.relname not in {SharedBetweenTenants}
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Every_foreign_key_begins_with_the_tenant_at_both_ends() =>
        (await database.AskAsync(Catalog.Relations + """
            select here.name || ': ' || pg_get_constraintdef(k.oid)
            from tables here join pg_constraint k on k.conrelid = here.oid and k.contype = 'f' left join tables there on there.oid = k.confrelid
            where k.conkey[1] is distinct from here.tenant or k.confkey[1] is distinct from there.tenant or there.tenant is null
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Every_exclusion_is_within_a_tenant() =>
        (await database.AskAsync(Catalog.Relations + """
            select name || ': ' || pg_get_constraintdef(k.oid)
            from tables join pg_constraint k on k.conrelid = tables.oid and k.contype = 'x'
            where array_position(k.conkey, tenant) is null
               or (select oprname from pg_operator o where o.oid = k.conexclop[array_position(k.conkey, tenant)]) <> '='
            """)).ShouldBeEmpty();
}
