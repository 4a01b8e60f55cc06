-- Who may come in, and what they may do.

alter table tenancy.tenant add column suspended_at timestamptz, add column suspended_why text;
alter table tenancy.tenant add constraint suspended_for_a_reason check ((suspended_at is null) = (suspended_why is null));

-- The installation itself is tenant 0: its people are the operators, with sign-ins, audit and row-level security like everybody's. No list of tenants has it.
select set_config('billing.tenant', '0', true);
insert into tenancy.tenant (tenant_id, slug, name, legal_name, address, country, currency, time_zone) overriding system value
values (0, 'installation', 'Installation', 'Installation', '{}', 'GB', 'GBP', 'Etc/UTC');

drop function tenancy.directory();
create function tenancy.directory() returns table (tenant_id int, slug text, name text, is_suspended boolean)
    language sql stable security definer set search_path = tenancy, pg_temp
    as $$ select tenant_id, slug, name, suspended_at is not null from tenancy.tenant where tenant_id > 0 order by slug $$;

-- Email addresses are kept as typed and once more in the one form they are compared in.
create table tenancy.person (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    person_id   bigint generated always as identity,
    kind        text not null check (kind in ('staff', 'customer')),
    email       text not null,
    email_key   text not null,
    name        text not null check (name <> ''),
    role        text not null,
    account_id  bigint,
    created_at  timestamptz not null,
    disabled_at timestamptz,
    primary key (tenant_id, person_id),
    unique (tenant_id, kind, email_key),
    -- An operator is staff of the installation; nobody else is one, and nobody is anything else there.
    check ((tenant_id = 0) = (role = 'operator')),
    check ((kind = 'customer') = (role = 'customer')),
    check ((kind = 'customer') = (account_id is not null))
);
select installation.protect('tenancy.person', 'select, insert, update');
select installation.audit('tenancy.person');

-- What proves that a person is who they say. Apart from the person, so that no secret, not even its hash, gets near the audit trail;
-- what happens here is noted as a deed.
create table tenancy.credential (
    tenant_id        int not null default tenancy.current_tenant() references tenancy.tenant,
    person_id        bigint not null,
    password_hash    text,
    password_set_at  timestamptz,
    stamp            text not null default '',
    totp_secret      text,
    has_totp         boolean not null default false,
    -- A code is good once: the time step of the last one that was taken.
    totp_last_step   bigint,
    primary key (tenant_id, person_id),
    foreign key (tenant_id, person_id) references tenancy.person,
    check (not has_totp or totp_secret is not null)
);
select installation.protect('tenancy.credential', 'select, insert, update');

create table tenancy.recovery_code (
    tenant_id int not null default tenancy.current_tenant() references tenancy.tenant,
    person_id bigint not null,
    code_hash bytea not null,
    used_at   timestamptz,
    primary key (tenant_id, person_id, code_hash),
    foreign key (tenant_id, person_id) references tenancy.person
);
select installation.protect('tenancy.recovery_code');

-- One row a sign-in. The browser holds a random key, the row its hash. 'half': the password was right, the second factor is still asked for.
create table tenancy.session (
    tenant_id    int not null default tenancy.current_tenant() references tenancy.tenant,
    session_id   bigint generated always as identity,
    key_hash     bytea not null,
    person_id    bigint not null,
    stage        text not null check (stage in ('half', 'open')),
    created_at   timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at   timestamptz not null,
    address      text not null,
    device       text not null,
    ended_at     timestamptz,
    ended_why    text,
    primary key (tenant_id, session_id),
    unique (tenant_id, key_hash),
    foreign key (tenant_id, person_id) references tenancy.person,
    check ((ended_at is null) = (ended_why is null))
);
select installation.protect('tenancy.session', 'select, insert, update');
create index session_of_person on tenancy.session (tenant_id, person_id, created_at);

-- Links that are good once: an invitation, a password to be set anew.
create table tenancy.one_time_link (
    tenant_id  int not null default tenancy.current_tenant() references tenancy.tenant,
    link_id    bigint generated always as identity,
    key_hash   bytea not null,
    person_id  bigint not null,
    purpose    text not null check (purpose in ('invitation', 'reset')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    primary key (tenant_id, link_id),
    unique (tenant_id, key_hash),
    foreign key (tenant_id, person_id) references tenancy.person
);
select installation.protect('tenancy.one_time_link', 'select, insert, update');
create index link_of_person on tenancy.one_time_link (tenant_id, person_id);

-- Attempts that failed, by the hash of what was tried (an email address, known or not, or where the attempt came from): people type
-- passwords into the wrong field, so what they typed is not kept.
create table tenancy.sign_in_guard (
    tenant_id    int not null default tenancy.current_tenant() references tenancy.tenant,
    key_hash     bytea not null,
    failures     int not null,
    last_at      timestamptz not null,
    locked_until timestamptz,
    was_locked   boolean not null,
    primary key (tenant_id, key_hash)
);
select installation.protect('tenancy.sign_in_guard');

-- The operator's people in a tenant's data: asked for with a reason, let in for a time, by the tenant.
create table tenancy.support_access (
    tenant_id     int not null default tenancy.current_tenant() references tenancy.tenant,
    access_id     bigint generated always as identity,
    operator_id   bigint not null,
    operator_name text not null,
    reason        text not null check (reason <> ''),
    requested_at  timestamptz not null,
    state         text not null check (state in ('requested', 'granted', 'refused', 'ended')),
    role          text check (role in ('viewer', 'billing-clerk', 'admin')),
    answered_by   text,
    answered_at   timestamptz,
    ends_at       timestamptz,
    ended_at      timestamptz,
    primary key (tenant_id, access_id),
    check (state <> 'granted' or (role is not null and answered_at is not null and ends_at is not null)),
    check (ends_at is null or ends_at <= answered_at + interval '7 days')
);
select installation.protect('tenancy.support_access', 'select, insert, update');
select installation.audit('tenancy.support_access');
-- One request or one stay at a time for an operator.
create unique index support_access_open on tenancy.support_access (tenant_id, operator_id) where state in ('requested', 'granted');

create table tenancy.host_name (
    tenant_id int not null default tenancy.current_tenant() references tenancy.tenant,
    host      text not null check (host = lower(host) and host ~ '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'),
    purpose   text not null check (purpose in ('staff', 'portal')),
    added_at  timestamptz not null,
    primary key (tenant_id, host)
);
select installation.protect('tenancy.host_name', 'select, delete');
select installation.audit('tenancy.host_name');
create policy installation on tenancy.host_name to current_user using (true) with check (true);

-- A name leads to one tenant. Each row is bound to its tenant, so only the owner can see whether another has the name.
create function tenancy.claim_host(new_host text, new_purpose text, at timestamptz) returns boolean
    language plpgsql security definer set search_path = tenancy, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtext('tenancy.host_name'));
    if exists (select from tenancy.host_name where host = new_host) then return false; end if;
    insert into tenancy.host_name (host, purpose, added_at) values (new_host, new_purpose, at);
    return true;
end $$;

create function tenancy.tenant_of_host(asked text) returns table (tenant_id int, purpose text)
    language sql stable security definer set search_path = tenancy, pg_temp
    as $$ select tenant_id, purpose from tenancy.host_name where host = asked $$;

-- What cookies and forms are signed with and second-factor secrets are kept under: the installation's rows, the same for every web host.
create table tenancy.signing_key (
    tenant_id  int not null default tenancy.current_tenant() references tenancy.tenant,
    name       text not null,
    element    text not null,
    created_at timestamptz not null,
    primary key (tenant_id, name),
    check (tenant_id = 0)
);
select installation.protect('tenancy.signing_key', 'select, insert');

-- How the database is, for the operator; names and sizes, no contents.
create function tenancy.database_report() returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'server', current_setting('server_version'),
        'size', pg_database_size(current_database()),
        'connections', (select count(*) from pg_stat_activity where datname = current_database()),
        'connectionsMax', current_setting('max_connections')::int,
        'migrations', (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'appliedAt', applied_at) order by applied_at, name), '[]') from installation.migration),
        'tables', (select coalesce(jsonb_agg(t order by (t->>'size')::bigint desc), '[]') from (
            select jsonb_build_object('name', n.nspname || '.' || c.relname, 'size', pg_total_relation_size(c.oid), 'rows', greatest(c.reltuples, 0)::bigint) as t
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
            order by pg_total_relation_size(c.oid) desc limit 15) biggest)) $$;

revoke all on function tenancy.directory(), tenancy.claim_host(text, text, timestamptz), tenancy.tenant_of_host(text), tenancy.database_report() from public;
grant execute on function tenancy.directory(), tenancy.claim_host(text, text, timestamptz), tenancy.tenant_of_host(text), tenancy.database_report() to billing_app;
