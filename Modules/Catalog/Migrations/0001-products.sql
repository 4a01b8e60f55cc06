create schema catalog;
grant usage on schema catalog to billing_app;

create table catalog.product (
    tenant_id     int not null default tenancy.current_tenant() references tenancy.tenant,
    product_id    bigint generated always as identity,
    code          text not null,
    name          text not null,
    kind          text not null check (kind in ('recurring', 'one-off')),
    price         numeric(18, 6) not null,
    every_months  int check (every_months > 0),
    billing       text check (billing in ('advance', 'arrears')),
    basis         text check (basis in ('actual', '30', '30/360')),
    tax_category  text not null default 'standard',
    nominal_code  text not null,
    primary key (tenant_id, product_id),
    unique (tenant_id, code),
    check ((kind = 'recurring') = (every_months is not null and billing is not null and basis is not null))
);
select installation.protect('catalog.product');
