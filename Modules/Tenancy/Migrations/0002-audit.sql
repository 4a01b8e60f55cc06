-- Who changed what, when: append-only, and every entry carries the hash of the one before, so that a change made behind the
-- application's back shows. Rows get here by triggers, not by the application remembering to write them.
create table tenancy.audit (
    tenant_id     int not null default tenancy.current_tenant() references tenancy.tenant,
    entry         bigint not null,
    noted_at      timestamptz not null,
    actor_kind    text not null check (actor_kind in ('system', 'staff', 'customer', 'api-key', 'support')),
    actor_id      bigint,
    actor_name    text not null,
    action        text not null,
    subject       text not null,
    subject_key   jsonb not null,
    before        jsonb,
    after         jsonb,
    previous_hash bytea not null,
    hash          bytea not null,
    primary key (tenant_id, entry)
);
select installation.protect('tenancy.audit', 'select');
create index audit_of_subject on tenancy.audit (tenant_id, subject, entry);

create table tenancy.audit_head (
    tenant_id int not null default tenancy.current_tenant() references tenancy.tenant,
    entry     bigint not null,
    hash      bytea not null,
    primary key (tenant_id)
);
select installation.protect('tenancy.audit_head', 'select');

-- jsonb has one text form for one value, so an entry can be hashed again years later.
create function tenancy.audit_hash(e tenancy.audit) returns bytea
    language sql immutable
    as $$ select sha256(e.previous_hash || convert_to(jsonb_build_array(e.tenant_id, e.entry,
              to_char(e.noted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_kind, e.actor_id, e.actor_name,
              e.action, e.subject, e.subject_key, e.before, e.after)::text, 'UTF8')) $$;

-- The only way in. Runs as the owner, who is bound by the tenant's policy all the same.
create function tenancy.note(new_action text, new_subject text, new_key jsonb, new_before jsonb, new_after jsonb) returns void
    language plpgsql security definer set search_path = tenancy, pg_temp as $$
declare
    actor jsonb := coalesce(nullif(current_setting('billing.actor', true), ''), '{"kind": "system", "name": "Billing"}')::jsonb;
    head tenancy.audit_head;
    e tenancy.audit;
begin
    insert into tenancy.audit_head (entry, hash) values (0, '') on conflict do nothing;
    select * into strict head from tenancy.audit_head for update;
    e.tenant_id := head.tenant_id;
    e.entry := head.entry + 1;
    e.noted_at := clock_timestamp();
    e.actor_kind := actor->>'kind';
    e.actor_id := (actor->>'id')::bigint;
    e.actor_name := actor->>'name';
    e.action := new_action;
    e.subject := new_subject;
    e.subject_key := new_key;
    e.before := new_before;
    e.after := new_after;
    e.previous_hash := head.hash;
    e.hash := tenancy.audit_hash(e);
    insert into tenancy.audit select e.*;
    update tenancy.audit_head set entry = e.entry, hash = e.hash;
end $$;
revoke all on function tenancy.note(text, text, jsonb, jsonb, jsonb) from public;
grant execute on function tenancy.note(text, text, jsonb, jsonb, jsonb) to billing_app;

-- The first entry whose hash, link or number is not what it must be; null when the chain holds.
create function tenancy.audit_break() returns bigint
    language sql stable as $$
    with chain as (
        select a.entry, a.previous_hash, a.hash, tenancy.audit_hash(a) as right_hash,
               lag(a.hash, 1, ''::bytea) over (order by a.entry) as hash_before, row_number() over (order by a.entry) as place
        from tenancy.audit a)
    select coalesce(
        (select min(entry) from chain where hash <> right_hash or previous_hash <> hash_before or entry <> place),
        (select h.entry from tenancy.audit_head h where h.entry > 0 and not exists (select from chain c where c.entry = h.entry and c.hash = h.hash)),
        (select min(c.entry) from chain c where not exists (select from tenancy.audit_head h where h.entry >= c.entry))) $$;
grant execute on function tenancy.audit_break(), tenancy.audit_hash(tenancy.audit) to billing_app;

-- Notes a row that was added, changed or removed. Arguments: the key's columns with commas, then columns whose values are secret.
create function tenancy.audit_row() returns trigger
    language plpgsql as $$
declare
    old_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    new_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    key jsonb;
begin
    -- A row that came and went in one transaction, or changed twice, is noted as it happened.
    if tg_op = 'UPDATE' and old_row = new_row then return null; end if;
    select jsonb_object_agg(name, coalesce(new_row, old_row)->name) into key from unnest(string_to_array(tg_argv[0], ',')) name;
    for i in 1 .. tg_nargs - 1 loop
        if old_row ? tg_argv[i] and (new_row is null or old_row->tg_argv[i] is distinct from new_row->tg_argv[i]) then
            old_row := old_row || jsonb_build_object(tg_argv[i], '(not shown)');
            new_row := new_row || jsonb_build_object(tg_argv[i], '(changed, not shown)');
        elsif new_row ? tg_argv[i] then
            new_row := new_row || jsonb_build_object(tg_argv[i], '(not shown)');
            old_row := old_row || jsonb_build_object(tg_argv[i], '(not shown)');
        end if;
    end loop;
    if tg_op = 'UPDATE' then
        select jsonb_object_agg(name, value) into old_row from jsonb_each(to_jsonb(old_row)) o(name, value) where new_row->name is distinct from value;
        select jsonb_object_agg(n.name, n.value) into new_row from jsonb_each(new_row) n(name, value) where old_row ? n.name;
    end if;
    perform tenancy.note(lower(tg_op), tg_table_schema || '.' || tg_table_name, key, old_row - 'tenant_id', new_row - 'tenant_id');
    return null;
end $$;

-- Puts a table under audit. The trigger waits for the end of the transaction, so that the chain is locked last and briefly.
create function installation.audit(audited regclass, variadic secrets text[] default '{}') returns void
    language plpgsql as $$
declare
    key text;
begin
    select string_agg(a.attname, ',' order by array_position(i.indkey::int[], a.attnum::int)) into key
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = audited and i.indisprimary and (a.attname <> 'tenant_id' or i.indnkeyatts = 1);
    execute format('create constraint trigger audit after insert or update or delete on %s deferrable initially deferred for each row execute function tenancy.audit_row(%s)',
        audited, (select string_agg(quote_literal(argument), ', ') from unnest(array[key] || secrets) argument));
end $$;

select installation.audit('tenancy.tenant');

-- As before, and the new tenant's own audit trail begins with its making.
create or replace function tenancy.create_tenant(new_slug text, details jsonb) returns int
    language plpgsql security definer set search_path = tenancy, pg_temp as $$
declare id int;
begin
    insert into tenancy.tenant (slug, name, legal_name, address, country, company_number, vat_number, currency, time_zone, brand)
    values (new_slug, details->>'name', details->>'legalName',
            array(select jsonb_array_elements_text(details->'address')), details->>'country', details->>'companyNumber', details->>'vatNumber',
            details->>'currency', details->>'timeZone', coalesce(details->'brand', '{}'))
    returning tenant.tenant_id into id;
    perform set_config('billing.tenant', id::text, true);
    return id;
end $$;
