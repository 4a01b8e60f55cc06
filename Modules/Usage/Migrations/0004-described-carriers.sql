-- Carriers whose files a reseller describes instead of programming them: Mapping/CarrierMapping.cs reads the document. It is kept as it was written, remarks too.
create table usage.described_carrier (
    tenant_id    int not null default tenancy.current_tenant() references tenancy.tenant,
    described_id bigint generated always as identity,
    code         text not null check (code ~ '^[a-z0-9-]{1,40}$'),
    name         text not null,
    carrier      text not null,
    document     text not null check (length(document) <= 262144),
    version      int not null default 1,
    primary key (tenant_id, described_id),
    unique (tenant_id, code)
);
select installation.protect('usage.described_carrier', 'select, insert, update, delete');
select installation.audit('usage.described_carrier');
