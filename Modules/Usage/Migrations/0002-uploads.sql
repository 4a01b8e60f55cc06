-- Files that were uploaded and are not in yet, and what became of the others. The bytes lie in the data folder until the file is in, refused or dropped.
--   waiting    for its job             running   being read
--   failed     can be tried again or dropped; counts as pending
--   done       in, as file_id          refused, dropped   gone, with the reason
create table usage.upload (
    tenant_id       int not null default tenancy.current_tenant() references tenancy.tenant,
    upload_id       bigint generated always as identity,
    batch           uuid not null,
    name            text not null,
    hash            text,
    bytes           bigint not null check (bytes >= 0),
    lines           bigint not null check (lines >= 0),
    format          text,
    sureness        int check (sureness between 0 and 100),
    state           text not null check (state in ('waiting', 'running', 'failed', 'done', 'refused', 'dropped')),
    failure_code    text,
    failure_message text,
    file_id         bigint,
    uploaded_by     text not null,
    uploaded_at     timestamptz not null,
    dropped_by      text,
    dropped_why     text,
    primary key (tenant_id, upload_id),
    foreign key (tenant_id, file_id) references usage.cdr_file,
    check ((state in ('failed', 'refused')) = (failure_code is not null)),
    check ((failure_code is null) = (failure_message is null)),
    check ((state = 'done') = (file_id is not null)),
    check ((state = 'dropped') = (dropped_by is not null and dropped_why is not null)),
    check (state in ('refused', 'dropped') or hash is not null)
);
-- The same bytes sent twice at once wait once.
create unique index upload_waits_once on usage.upload (tenant_id, hash) where state in ('waiting', 'running', 'failed');
create index upload_of_batch on usage.upload (tenant_id, batch);
select installation.protect('usage.upload', 'select, insert, update');
select installation.audit('usage.upload');

-- When somebody decided that a call is not billed, and what was wrong with it until then, so that the decision can be undone.
alter table usage.call
    add excluded_at            timestamptz,
    add excluded_error_code    text,
    add excluded_error_subject text,
    add excluded_error_message text,
    add check (excluded_error_code is null or state = 'excluded');
create index call_excluded on usage.call (tenant_id, excluded_at) where state = 'excluded' and excluded_error_code is not null;
