namespace Billing.Tidy.Tests.Schema;

/// <summary>What the application's role can't do, whatever the application asks for.</summary>
[Collection(MigratedDatabaseGroup.Name)]
[Trait("needs", "postgres")]
public sealed class RightsTest(MigratedDatabase database)
{
    /// <summary>Money and evidence: rows are added and never changed. Every table of the ledger belongs here.</summary>
    private static readonly string[] AppendOnly =
    [
        "ledger.entry", "ledger.posting", "invoicing.invoice", "invoicing.invoice_line", "invoicing.recurring_slice", "invoicing.one_off_claim",
        "delivery.document", "rating.tariff_version",
    ];

    [Fact]
    public async Task Row_level_security_is_on_and_binds_the_owner_too() =>
        (await database.AskAsync(Catalog.Relations + "select name from tables where not (relrowsecurity and relforcerowsecurity)")).ShouldBeEmpty();

    [Fact]
    public async Task Every_table_has_a_policy() =>
        (await database.AskAsync(Catalog.Relations + "select name from tables where not exists (select from pg_policy p where p.polrelid = tables.oid)")).ShouldBeEmpty();

    // Permissive policies widen each other, so one that is laxer would undo the rest.
    [Fact]
    public async Task Every_policy_for_the_application_shows_and_takes_the_tenants_own_rows_only() =>
        (await database.AskAsync(Catalog.Relations + """
            select name || ': ' || p.polname from tables join pg_policy p on p.polrelid = tables.oid
            where (0 = any(p.polroles) or 'billing_app'::regrole = any(p.polroles))
              and (pg_get_expr(p.polqual, p.polrelid) is distinct from '(tenant_id = tenancy.current_tenant())'
                   or pg_get_expr(p.polwithcheck, p.polrelid) is distinct from '(tenant_id = tenancy.current_tenant())')
            """)).ShouldBeEmpty();

    [Fact]
    public async Task A_view_looks_with_the_eyes_of_whoever_asks_and_nothing_is_materialised_past_the_policies() =>
        (await database.AskAsync(Catalog.Relations + """
            select name from relation where relkind in ('m', 'f') or (relkind = 'v' and 'security_invoker=true' <> all(coalesce(reloptions, '{}'))
              and not exists (select from pg_depend d where d.objid = relation.oid and d.deptype = 'e'))
            """)).ShouldBeEmpty();

    [Fact]
    public async Task The_application_is_an_ordinary_role_whose_only_group_is_an_ordinary_one_of_no_group() =>
        (await database.AskAsync("""
            select rolname::text || coalesce(' in ' || (select string_agg(m.roleid::regrole::text, ', ') from pg_auth_members m where m.member = pg_roles.oid), '') from pg_roles
            where rolname in ('billing_app', (select value from installation.secret where name = 'app-role'))
              and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
            order by rolcanlogin
            """)).Select(role => System.Text.RegularExpressions.Regex.Replace(role, "_[0-9a-f]{12}", "_x")).ShouldBe(["billing_app", "billing_app_x in billing_app"]);

    [Fact]
    public async Task The_application_owns_nothing_and_can_make_nothing_that_stays() =>
        (await database.AskAsync("""
            select 'owns ' || pg_describe_object(classid, objid, objsubid) from pg_shdepend
            where refclassid = 'pg_authid'::regclass and refobjid = 'billing_app'::regrole and deptype = 'o'
              and dbid in (0, (select oid from pg_database where datname = current_database()))
            union all select 'may create in schema ' || nspname from pg_namespace where nspname !~ '^pg_temp' and has_schema_privilege('billing_app', oid, 'create')
            union all select 'may create schemas' where has_database_privilege('billing_app', current_database(), 'create')
            union all select 'may look into installation' where has_schema_privilege('billing_app', 'installation', 'usage')
            """)).ShouldBeEmpty();

    // TRUNCATE asks no policy; TRIGGER and REFERENCES let others' rows be felt.
    [Fact]
    public async Task The_application_has_no_right_that_goes_past_the_policies() =>
        (await database.AskAsync(Catalog.Relations + """
            select name || ': ' || privilege from tables, unnest(array['truncate', 'trigger', 'references']) privilege
            where has_table_privilege('billing_app', tables.oid, privilege)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task What_is_appended_is_never_changed()
    {
        var names = string.Join(", ", AppendOnly.Select(name => $"'{name}'"));
        (await database.AskAsync(Catalog.Relations + $"select name from tables where name in ({names})")).Order().ShouldBe(AppendOnly.Order());
        (await database.AskAsync(Catalog.Relations + $"""
            select name || ': ' || privilege from tables, unnest(array['update', 'delete']) privilege
            where (name in ({names}) or schema = 'ledger')
              and (has_table_privilege('billing_app', tables.oid, privilege) or (privilege = 'update' and has_any_column_privilege('billing_app', tables.oid, privilege)))
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_function_with_the_owners_rights_says_where_it_looks_and_is_not_everybodys() =>
        (await database.AskAsync("""
            select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
              and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
              and (not exists (select from unnest(p.proconfig) setting where setting like 'search_path=%, pg_temp')
                   or p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))
            """)).ShouldBeEmpty();
}
