create schema onboarding;
grant usage on schema onboarding to billing_app;

-- Which column of a file is what, as a person said it last for files with the same header.
create table onboarding.column_mapping (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    kind        text not null,
    header_hash text not null,
    columns     jsonb not null,
    primary key (tenant_id, kind, header_hash)
);
select installation.protect('onboarding.column_mapping');

create table onboarding.import (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    import_id   bigint generated always as identity,
    kind        text not null check (kind in ('customers', 'sites', 'numbers', 'charges', 'rates')),
    file_name   text not null,
    file_hash   text not null,
    uploaded_at timestamptz not null,
    uploaded_by text not null,
    columns     jsonb not null,
    settings    jsonb not null,
    status      text not null default 'open' check (status in ('open', 'applied', 'undone', 'discarded')),
    applied_at  timestamptz,
    applied_by  text,
    made        int not null default 0,
    changed     int not null default 0,
    unchanged   int not null default 0,
    left_out    int not null default 0,
    undone_at   timestamptz,
    undone_by   text,
    version     int not null default 1,
    primary key (tenant_id, import_id),
    check ((status in ('applied', 'undone')) = (applied_at is not null and applied_by is not null)),
    check ((status = 'undone') = (undone_at is not null and undone_by is not null))
);
-- The same file twice would be the same records twice. Once undone, it may come again.
create unique index file_applied_once on onboarding.import (tenant_id, kind, file_hash, (settings->>'tariffCode')) where status = 'applied';
select installation.protect('onboarding.import', 'select, insert, update');
select installation.audit('onboarding.import');

-- Kept apart from the import, so that its bytes do not go through the audit trail with every step.
create table onboarding.import_file (
    tenant_id int not null default tenancy.current_tenant(),
    import_id bigint not null,
    content   bytea not null,
    primary key (tenant_id, import_id),
    foreign key (tenant_id, import_id) references onboarding.import
);
select installation.protect('onboarding.import_file', 'select, insert');

-- What an import made or changed, row by row: this is what undoing goes back over. 'before' is null for what it made, 'version' the one it left.
create table onboarding.import_change (
    tenant_id  int not null default tenancy.current_tenant(),
    import_id  bigint not null,
    place      int not null,
    file_row   int not null,
    subject    text not null check (subject in ('account', 'contact', 'site', 'service', 'assignment', 'subscription', 'tariff')),
    subject_id bigint not null,
    version    int not null,
    before     jsonb,
    primary key (tenant_id, import_id, place),
    foreign key (tenant_id, import_id) references onboarding.import
);
create index import_change_of_one on onboarding.import_change (tenant_id, subject, subject_id);
select installation.protect('onboarding.import_change', 'select, insert, update');
