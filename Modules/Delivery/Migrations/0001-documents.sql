create schema delivery;
grant usage on schema delivery to billing_app;

-- Documents as they were issued: the bytes and their hash never change.
create table delivery.document (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    subject     text not null,
    media_type  text not null,
    file_name   text not null,
    hash        text not null,
    content     bytea not null,
    created_at  timestamptz not null,
    primary key (tenant_id, subject, media_type)
);
alter table delivery.document alter column content set storage external;
select installation.protect('delivery.document', 'select, insert');

-- Template texts by hash: a document that is printed later is printed from the text it was posted with.
create table delivery.template (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    hash        text not null,
    name        text not null,
    files       jsonb not null,
    kept_at     timestamptz not null,
    primary key (tenant_id, hash)
);
select installation.protect('delivery.template', 'select, insert');
