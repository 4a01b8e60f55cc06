-- Usage that is included up to a limit. What one gives never changes: another one takes its place from a day on.
create table catalog.allowance (
    tenant_id           int not null default tenancy.current_tenant() references tenancy.tenant,
    allowance_id        bigint generated always as identity,
    code                text not null,
    name                text not null,
    seconds             bigint check (seconds > 0),
    messages            bigint check (messages > 0),
    bytes               bigint check (bytes > 0),
    calls               bigint check (calls > 0),
    money               numeric(18, 6) check (money > 0),
    kinds               text[] not null check (kinds <@ array['voice', 'sms', 'data']),
    destinations        text[] not null,
    except_destinations text[] not null,
    pool                text not null check (pool in ('service', 'site', 'account')),
    crossing            text not null check (crossing in ('split', 'fits-only', 'last-free')),
    counts_actual       boolean not null,
    charges_setup       boolean not null,
    longest_seconds     int check (longest_seconds > 0),
    first_period        text not null check (first_period in ('full', 'prorated')),
    retired_on          date,
    version             int not null default 1,
    primary key (tenant_id, allowance_id),
    unique (tenant_id, code),
    check (num_nonnulls(seconds, messages, bytes, calls, money) > 0)
);
select installation.protect('catalog.allowance');
select installation.audit('catalog.allowance');

-- What is included in a product, on which days: whoever has a recurring charge for it has the allowance, as often as its quantity says.
create table catalog.product_allowance (
    tenant_id            int not null default tenancy.current_tenant() references tenancy.tenant,
    product_allowance_id bigint generated always as identity,
    product_id           bigint not null,
    allowance_id         bigint not null,
    valid                daterange not null check (not isempty(valid) and lower(valid) is not null),
    version              int not null default 1,
    primary key (tenant_id, product_allowance_id),
    foreign key (tenant_id, product_id) references catalog.product,
    foreign key (tenant_id, allowance_id) references catalog.allowance,
    constraint included_once exclude using gist (tenant_id with =, product_id with =, allowance_id with =, valid with &&)
);
select installation.protect('catalog.product_allowance');
select installation.audit('catalog.product_allowance');
