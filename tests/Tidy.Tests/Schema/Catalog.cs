namespace Billing.Tidy.Tests.Schema;

/// <summary>The beginnings of questions to PostgreSQL's own catalog.</summary>
static class Catalog
{
    /// <summary>Our relations (Quartz's own tables are not: they know a job's two numbers and nothing of a tenant's): schema, name, and the position of <c>tenant_id</c> among the columns (null when there is none).</summary>
    public const string Relations = """
        with relation as (
            select c.oid, n.nspname || '.' || c.relname as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, n.nspname as schema,
                   (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f')
              and n.nspname not in ('pg_catalog', 'information_schema', 'installation', 'quartz') and n.nspname !~ '^pg_(toast|temp)'
        ), tables as (select * from relation where relkind in ('r', 'p'))

        """;
}
