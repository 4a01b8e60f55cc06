-- Archives are opened: the archive is an upload in the state 'opened', and each file in it an upload of its own that names it.
-- A person may say what kind of file it is and which days it covers; the file's own word counts where nobody does.
--   opened       an archive; its files are uploads of their own     rolled-back   was in, and was taken out again, by whom and why
--   held         waits because it is not like the carrier's other files, until somebody releases it or drops it
alter table usage.upload
    add archive_id   bigint,
    add kind         text check (kind in ('daily', 'monthly', 'reconciliation', 'recurring')),
    add period       daterange,
    add released_by  text,
    add released_why text,
    drop constraint upload_state_check,
    drop constraint upload_check,
    drop constraint upload_check3,
    add constraint upload_state_check check (state in ('waiting', 'running', 'failed', 'done', 'refused', 'dropped', 'opened', 'held', 'rolled-back')),
    add constraint upload_check check ((state in ('failed', 'refused', 'held')) = (failure_code is not null)),
    add constraint upload_check3 check ((state in ('dropped', 'rolled-back')) = (dropped_by is not null and dropped_why is not null)),
    add check ((released_by is null) = (released_why is null)),
    add foreign key (tenant_id, archive_id) references usage.upload;
drop index usage.upload_waits_once;
create unique index upload_waits_once on usage.upload (tenant_id, hash) where state in ('waiting', 'running', 'failed', 'held');
create index upload_of_archive on usage.upload (tenant_id, archive_id) where archive_id is not null;
create index upload_of_file on usage.upload (tenant_id, file_id) where file_id is not null;

alter table usage.cdr_file
    drop constraint cdr_file_kind_check,
    add constraint cdr_file_kind_check check (kind in ('unknown', 'daily', 'monthly', 'reconciliation', 'recurring'));

-- What a file did to lines of other files is written down, so that it can be taken back: excluded_by_file names the monthly file that left a line out,
-- or the file whose call the line became part of. A reconciliation file's lines are compared by compared_key and never live.
alter table usage.call
    add excluded_by_file bigint,
    add compared_key     uuid,
    add check (excluded_by_file is null or state = 'excluded'),
    add check (compared_key is null or (state = 'excluded' and record_key is null));
create index call_duplicate_of on usage.call (tenant_id, duplicate_of_file) where state = 'duplicate';
create index call_excluded_by on usage.call (tenant_id, excluded_by_file) where excluded_by_file is not null;
create index call_compared on usage.call (tenant_id, carrier, compared_key) where compared_key is not null;

-- The owner is bound by row-level security too: tenant by tenant.
do $$
declare
    t int;
begin
    for t in select tenant_id from tenancy.tenant loop
        perform set_config('billing.tenant', t::text, true);
        update usage.call c set excluded_by_file = f.file_id
        from (select carrier, name, max(file_id) as file_id from usage.cdr_file group by carrier, name) f
        where c.state = 'excluded' and c.excluded_by = 'system' and c.carrier = f.carrier
          and (c.excluded_why = 'Not in the carrier''s monthly file ' || f.name or c.excluded_why ~ '^Part of the call on line \d+ of ' and right(c.excluded_why, length(f.name) + 4) = ' of ' || f.name);
    end loop;
    perform set_config('billing.tenant', '', true);
end $$;

-- Files that were taken out again. The row in the register is gone, so that the same bytes can come again; what was there and who decided stays.
create table usage.file_rollback (
    tenant_id      int not null default tenancy.current_tenant() references tenancy.tenant,
    file_id        bigint not null,
    name           text not null,
    hash           text not null,
    bytes          bigint not null,
    carrier        text not null,
    format         text not null,
    kind           text not null,
    period         daterange,
    lines          bigint not null,
    imported_at    timestamptz not null,
    lines_restored bigint not null check (lines_restored >= 0),
    rolled_back_at timestamptz not null,
    rolled_back_by text not null,
    why            text not null check (why <> ''),
    primary key (tenant_id, file_id)
);
select installation.protect('usage.file_rollback', 'select, insert');

-- Taking a file out is deleting its calls. What is on an invoice can't be deleted, whatever the application asks for.
grant delete on usage.call, usage.cdr_file to billing_app;
create function usage.keep_billed() returns trigger
    language plpgsql as $$
begin
    raise exception 'Line % of file % is on an invoice and stays.', old.line, old.file_id using errcode = 'check_violation', constraint = 'billed_stays', schema = 'usage', table = 'call';
end $$;
create trigger keep_billed before delete on usage.call for each row when (old.invoice_id is not null) execute function usage.keep_billed();
