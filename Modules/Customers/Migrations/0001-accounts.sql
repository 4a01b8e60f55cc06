create schema customers;
grant usage on schema customers to billing_app;

create table customers.account (
    tenant_id       int not null default tenancy.current_tenant() references tenancy.tenant,
    account_id      bigint generated always as identity,
    number          text not null,
    name            text not null,
    tariff_id       bigint,
    tax_treatment   text not null default 'standard' check (tax_treatment in ('standard', 'zero', 'exempt', 'reverse-charge')),
    vat_number      text,
    payment_method  text not null default 'bank-transfer' check (payment_method in ('direct-debit', 'card', 'bank-transfer')),
    delivery        text not null default 'email' check (delivery in ('email', 'print')),
    is_itemised     boolean not null default true,
    invoice_message text,
    payment_days    int not null default 14 check (payment_days >= 0),
    started_on      date not null,
    ended_on        date,
    primary key (tenant_id, account_id),
    unique (tenant_id, number),
    foreign key (tenant_id, tariff_id) references rating.tariff,
    check (ended_on >= started_on)
);
select installation.protect('customers.account');

create table customers.site (
    tenant_id   int not null default tenancy.current_tenant(),
    site_id     bigint generated always as identity,
    account_id  bigint not null,
    name        text not null,
    address     text[] not null,
    is_billing  boolean not null default false,
    primary key (tenant_id, site_id),
    unique (tenant_id, account_id, name),
    foreign key (tenant_id, account_id) references customers.account
);
create unique index one_billing_address on customers.site (tenant_id, account_id) where is_billing;
select installation.protect('customers.site');

create table customers.contact (
    tenant_id            int not null default tenancy.current_tenant(),
    contact_id           bigint generated always as identity,
    account_id           bigint not null,
    name                 text not null,
    email                text check (email like '%_@_%'),
    phone                text,
    is_invoice_recipient boolean not null default false,
    primary key (tenant_id, contact_id),
    foreign key (tenant_id, account_id) references customers.account,
    check (email is not null or not is_invoice_recipient)
);
create index contact_by_account on customers.contact (tenant_id, account_id);
select installation.protect('customers.contact');

create table customers.service (
    tenant_id   int not null default tenancy.current_tenant(),
    service_id  bigint generated always as identity,
    account_id  bigint not null,
    site_id     bigint,
    label       text not null,
    tariff_id   bigint,
    primary key (tenant_id, service_id),
    unique (tenant_id, account_id, label),
    foreign key (tenant_id, account_id) references customers.account,
    foreign key (tenant_id, site_id) references customers.site,
    foreign key (tenant_id, tariff_id) references rating.tariff
);
select installation.protect('customers.service');

-- Who answers for a number, a range or a circuit on which days. [from, to): 'valid' excludes its end. Two services can't hold
-- the same number, range or circuit on one day; a single number inside a range may, and wins over it.
create table customers.assignment (
    tenant_id     int not null default tenancy.current_tenant(),
    assignment_id bigint generated always as identity,
    service_id    bigint not null,
    circuit       text,
    numbers       int8range,
    is_range      boolean generated always as (upper(numbers) - lower(numbers) > 1) stored,
    valid         daterange not null check (not isempty(valid) and lower(valid) is not null),
    primary key (tenant_id, assignment_id),
    foreign key (tenant_id, service_id) references customers.service,
    check ((circuit is null) <> (numbers is null)),
    check (numbers is null or (lower(numbers) >= 1000000 and upper(numbers) <= 1000000000000000)),
    constraint number_has_one_owner exclude using gist (tenant_id with =, numbers with &&, valid with &&) where (numbers is not null and upper(numbers) - lower(numbers) = 1),
    constraint range_has_one_owner exclude using gist (tenant_id with =, numbers with &&, valid with &&) where (numbers is not null and upper(numbers) - lower(numbers) > 1),
    constraint circuit_has_one_owner exclude using gist (tenant_id with =, circuit with =, valid with &&) where (circuit is not null)
);
create index assignment_by_service on customers.assignment (tenant_id, service_id);
select installation.protect('customers.assignment');

create table customers.subscription (
    tenant_id       int not null default tenancy.current_tenant(),
    subscription_id bigint generated always as identity,
    account_id      bigint not null,
    service_id      bigint,
    product_id      bigint not null,
    description     text not null,
    quantity        numeric(12, 3) not null default 1 check (quantity > 0),
    price           numeric(18, 6) not null,
    every_months    int not null check (every_months > 0),
    billing         text not null check (billing in ('advance', 'arrears')),
    basis           text not null check (basis in ('actual', '30', '30/360')),
    anchor_day      int not null check (anchor_day between 1 and 31),
    valid           daterange not null check (lower(valid) is not null),
    primary key (tenant_id, subscription_id),
    foreign key (tenant_id, account_id) references customers.account,
    foreign key (tenant_id, service_id) references customers.service,
    foreign key (tenant_id, product_id) references catalog.product
);
create index subscription_by_account on customers.subscription (tenant_id, account_id);
select installation.protect('customers.subscription');

create table customers.one_off_charge (
    tenant_id     int not null default tenancy.current_tenant(),
    charge_id     bigint generated always as identity,
    account_id    bigint not null,
    service_id    bigint,
    product_id    bigint not null,
    description   text not null,
    amount        numeric(18, 6) not null,
    charge_on     date not null,
    primary key (tenant_id, charge_id),
    foreign key (tenant_id, account_id) references customers.account,
    foreign key (tenant_id, service_id) references customers.service,
    foreign key (tenant_id, product_id) references catalog.product
);
create index one_off_by_account on customers.one_off_charge (tenant_id, account_id);
select installation.protect('customers.one_off_charge');
