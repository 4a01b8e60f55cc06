create schema rating;
grant usage on schema rating to billing_app;

create table rating.tariff (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    tariff_id   bigint generated always as identity,
    code        text not null,
    name        text not null,
    primary key (tenant_id, tariff_id),
    unique (tenant_id, code)
);
select installation.protect('rating.tariff');

-- A version is never edited: a rated call names the version that priced it.
create table rating.tariff_version (
    tenant_id    int not null default tenancy.current_tenant(),
    tariff_id    bigint not null,
    version      int not null check (version > 0),
    document     text not null,
    hash         text not null,
    published_at timestamptz not null,
    primary key (tenant_id, tariff_id, version),
    unique (tenant_id, tariff_id, hash),
    foreign key (tenant_id, tariff_id) references rating.tariff
);
select installation.protect('rating.tariff_version', 'select, insert');
