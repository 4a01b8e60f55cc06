create extension if not exists btree_gist;

create schema tenancy;
grant usage on schema tenancy to billing_app;

-- Whose rows this transaction may see. Unset means nobody's: every policy below compares with null and shows nothing.
create function tenancy.current_tenant() returns int
    language sql stable parallel safe
    as $$ select nullif(current_setting('billing.tenant', true), '')::int $$;

-- Makes a table a tenant's: row-level security on, forced for its owner too, one policy for reading and writing.
-- 'rights' is what the application may do; tables that are only ever appended to are granted no more than that.
create function installation.protect(protected regclass, rights text default 'select, insert, update, delete') returns void
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', protected);
    execute format('alter table %s force row level security', protected);
    execute format('create policy tenant on %s using (tenant_id = tenancy.current_tenant()) with check (tenant_id = tenancy.current_tenant())', protected);
    execute format('grant %s on %s to billing_app', rights, protected);
end $$;

create table tenancy.tenant (
    tenant_id        int generated always as identity primary key,
    slug             text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
    name             text not null,
    legal_name       text not null,
    address          text[] not null,
    country          char(2) not null,
    company_number   text,
    vat_number       text,
    currency         char(3) not null,
    time_zone        text not null,
    brand            jsonb not null default '{}',
    late_call_days   int not null default 90 check (late_call_days >= 0),
    created_at       timestamptz not null default now()
);
select installation.protect('tenancy.tenant', 'select, update');
-- The two functions below run as the owner, and the owner too is bound by the policy above.
create policy installation on tenancy.tenant to current_user using (true) with check (true);

-- Which tenants there are is the one question without a tenant; it answers with names, nothing more.
create function tenancy.directory() returns table (tenant_id int, slug text, name text)
    language sql stable security definer set search_path = tenancy, pg_temp
    as $$ select tenant_id, slug, name from tenancy.tenant order by slug $$;

create function tenancy.create_tenant(new_slug text, details jsonb) returns int
    language plpgsql security definer set search_path = tenancy, pg_temp as $$
declare id int;
begin
    insert into tenancy.tenant (slug, name, legal_name, address, country, company_number, vat_number, currency, time_zone, brand)
    values (new_slug, details->>'name', details->>'legalName',
            array(select jsonb_array_elements_text(details->'address')), details->>'country', details->>'companyNumber', details->>'vatNumber',
            details->>'currency', details->>'timeZone', coalesce(details->'brand', '{}'))
    returning tenant.tenant_id into id;
    return id;
end $$;
revoke all on function tenancy.directory(), tenancy.create_tenant(text, jsonb) from public;
grant execute on function tenancy.current_tenant(), tenancy.directory(), tenancy.create_tenant(text, jsonb) to billing_app;
