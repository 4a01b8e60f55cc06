-- How many lines became an error, by the day of the call: what is mended later still counts for the day it arose on. Appended to like the tallies, by the
-- import for the lines of its file and by re-rating for calls that had a price. Nothing here goes down, except with a file that is taken out.
create table usage.error_arisen (
    tenant_id  int not null default tenancy.current_tenant(),
    file_id    bigint not null,
    day        date not null,            -- on the tenant's clock as it was then; the day the file came where the line has no time
    error_code text not null,
    calls      bigint not null check (calls > 0),
    lines      bigint not null check (lines > 0),
    arisen_id  bigint generated always as identity,
    primary key (tenant_id, file_id, arisen_id),
    foreign key (tenant_id, file_id) references usage.cdr_file on delete cascade
);
select installation.protect('usage.error_arisen', 'select, insert, delete');

-- What there is already: those that are errors now, and those that were until somebody excluded them. What was mended before is not known any more.
do $$
declare
    t tenancy.tenant;
begin
    for t in select * from tenancy.tenant loop
        perform set_config('billing.tenant', t.tenant_id::text, true);
        insert into usage.error_arisen (tenant_id, file_id, day, error_code, calls, lines)
        select c.tenant_id, c.file_id, (coalesce(c.started_at, f.imported_at) at time zone t.time_zone)::date, coalesce(c.error_code, c.excluded_error_code), count(*), sum(c.lines)
        from usage.call c join usage.cdr_file f using (tenant_id, file_id)
        where c.state = 'error' or (c.state = 'excluded' and c.excluded_error_code is not null)
        group by 1, 2, 3, 4;
    end loop;
    perform set_config('billing.tenant', '', true);
end $$;

-- What was done about causes, by a person or by itself, and what came of it. 'undo' holds what taking it back needs; null where there is nothing to take back.
create table usage.mending (
    tenant_id  int not null default tenancy.current_tenant() references tenancy.tenant,
    mending_id bigint generated always as identity,
    kind       text not null check (kind in ('again', 'assign', 'rate', 'tariff', 'retry')),
    causes     jsonb not null,
    remedy     jsonb not null,
    undo       jsonb,
    tried      bigint not null check (tried >= 0),
    cleared    bigint not null check (cleared between 0 and tried),
    moved      bigint not null check (moved between 0 and tried),
    worth      numeric(24, 6) not null,
    mended_at  timestamptz not null,
    mended_by  text not null,
    undone_at  timestamptz,
    undone_by  text,
    returned   bigint,
    primary key (tenant_id, mending_id),
    check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (returned is null)),
    check (undone_at is null or undo is not null)
);
select installation.protect('usage.mending', 'select, insert, update');

-- A cause that somebody excluded and wants excluded again when it comes in the next files, up to and including a day.
create table usage.exclusion_rule (
    tenant_id  int not null default tenancy.current_tenant() references tenancy.tenant,
    rule_id    bigint generated always as identity,
    code       text not null,
    subject    text not null,
    why        text not null check (why <> ''),
    last_on    date not null,
    made_at    timestamptz not null,
    made_by    text not null,
    revoked_at timestamptz,
    revoked_by text,
    primary key (tenant_id, rule_id),
    check ((revoked_at is null) = (revoked_by is null))
);
create unique index one_rule_a_cause on usage.exclusion_rule (tenant_id, code, subject) where revoked_at is null;
select installation.protect('usage.exclusion_rule', 'select, insert, update');
select installation.audit('usage.exclusion_rule');

-- Something changed that errors may have waited for: a job is asked for that tries them again, in the same transaction, so that the change and the job are
-- there together or not at all. One job that nobody has begun is enough for any number of changes: it is locked, so it begins after this change is done.
-- The scheduler's sweep finds it. Whoever has tried the errors already in this transaction says so by the setting.
create sequence usage.retry_number;
grant usage on sequence usage.retry_number to billing_app;
create function usage.cause_changed() returns trigger
    language plpgsql set search_path = usage, pg_temp as $$
declare
    actor jsonb := coalesce(nullif(current_setting('billing.actor', true), ''), '{"kind": "system", "name": "Billing"}')::jsonb;
begin
    if coalesce(current_setting('billing.tenant', true), '') = '' or current_setting('billing.errors_tried', true) = pg_current_xact_id()::text then return null; end if;
    if not exists (select from usage.call where state = 'error' and (error_code like 'rating.%' or error_code in ('usage.unassigned', 'usage.not-owned-on-day', 'usage.too-old'))) then return null; end if;
    perform from tenancy.job where kind = 'usage.retry-errors' and state = 'waiting' for share;
    if not found then
        insert into tenancy.job (kind, subject, arguments, actor_kind, actor_id, actor_name, may_cancel, requested_at)
        values ('usage.retry-errors', 'errors/' || nextval('usage.retry_number'), '{}', actor->>'kind', (actor->>'id')::bigint, actor->>'name', false, now());
    end if;
    return null;
end $$;
create trigger cause_changed after insert or update or delete on customers.assignment for each statement execute function usage.cause_changed();
create trigger cause_changed after update of tariff_id on customers.service for each statement execute function usage.cause_changed();
create trigger cause_changed after update of tariff_id on customers.account for each statement execute function usage.cause_changed();
create trigger cause_changed after insert on rating.tariff_version for each statement execute function usage.cause_changed();
create trigger cause_changed after update of is_default on rating.tariff for each statement execute function usage.cause_changed();
create trigger cause_changed after update of late_call_days on tenancy.tenant for each row when (new.late_call_days is distinct from old.late_call_days) execute function usage.cause_changed();
