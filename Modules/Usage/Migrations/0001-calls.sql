create schema usage;
grant usage on schema usage to billing_app;

create table usage.cdr_file (
    tenant_id     int not null default tenancy.current_tenant() references tenancy.tenant,
    file_id       bigint generated always as identity,
    name          text not null,
    hash          text not null,
    bytes         bigint not null,
    carrier       text not null,
    format        text not null,
    kind          text not null check (kind in ('unknown', 'daily', 'monthly', 'reconciliation')),
    period        daterange,
    lines         bigint not null,
    lines_skipped bigint not null,
    imported_at   timestamptz not null,
    primary key (tenant_id, file_id),
    unique (tenant_id, hash)
);
select installation.protect('usage.cdr_file', 'select, insert');

-- Every line of every file that is meant to be a record, in exactly one state:
--   open        priced, waiting for a run (shown as 'held' when it started after the cutoff)
--   error       can't be read, matched or rated: see error_code
--   duplicate   the same record came before (or again in a monthly file): see duplicate_of_*
--   excluded    somebody decided that it is not billed: see excluded_*
--   billed, zero-rated   on an invoice; unanswered calls are zero-rated without one
create table usage.call (
    tenant_id         int not null default tenancy.current_tenant(),
    file_id           bigint not null,
    line              bigint not null,
    lines             int not null default 1 check (lines > 0),
    state             text not null check (state in ('open', 'error', 'duplicate', 'excluded', 'billed', 'zero-rated')),
    carrier           text not null,
    record_key        uuid,
    is_live           boolean generated always as (state <> 'duplicate' and record_key is not null) stored,
    raw               text not null,
    started_at        timestamptz,
    is_time_doubtful  boolean not null default false,
    direction         text check (direction in ('out', 'in')),
    kind              text check (kind in ('voice', 'sms', 'data')),
    is_answered       boolean not null default false,
    seconds           int,
    quantity          bigint,
    caller            text,
    called            text,
    circuit           text,
    charge_code       text,
    description       text,
    cost              numeric(18, 6),
    cost_currency     char(3),
    account_id        bigint,
    service_id        bigint,
    tariff_id         bigint,
    tariff_version    int,
    destination       text,
    band              text,
    billable_seconds  int,
    charge            numeric(18, 6),
    error_code        text,
    error_subject       text,
    error_message     text,
    duplicate_of_file bigint,
    duplicate_of_line bigint,
    excluded_by       text,
    excluded_why      text,
    invoice_id        bigint,
    primary key (tenant_id, file_id, line),
    foreign key (tenant_id, file_id) references usage.cdr_file,
    check ((state = 'error') = (error_code is not null)),
    check (state <> 'duplicate' or duplicate_of_line is not null),
    check ((state = 'excluded') = (excluded_why is not null and excluded_by is not null)),
    check (state not in ('open', 'billed') or (charge is not null and account_id is not null and started_at is not null)),
    check ((state = 'billed') <= (invoice_id is not null))
);
-- One live row a record, whatever files it came in: this is what "exactly once" rests on.
create unique index call_is_unique on usage.call (tenant_id, carrier, record_key) where is_live;
create index call_to_bill on usage.call (tenant_id, account_id, started_at) where state = 'open';
create index call_of_invoice on usage.call (tenant_id, invoice_id) where invoice_id is not null;
create index call_in_error on usage.call (tenant_id, error_code) where state = 'error';
select installation.protect('usage.call', 'select, insert, update');
