-- Allowances given to an account or to one of its services, besides those that its products include.
create table customers.given_allowance (
    tenant_id    int not null default tenancy.current_tenant(),
    given_id     bigint generated always as identity,
    account_id   bigint not null,
    service_id   bigint,
    allowance_id bigint not null,
    quantity     numeric(12, 3) not null check (quantity > 0),
    anchor_day   int not null check (anchor_day between 1 and 31),
    valid        daterange not null check (not isempty(valid) and lower(valid) is not null),
    version      int not null default 1,
    primary key (tenant_id, given_id),
    foreign key (tenant_id, account_id) references customers.account,
    foreign key (tenant_id, account_id, service_id) references customers.service (tenant_id, account_id, service_id),
    foreign key (tenant_id, allowance_id) references catalog.allowance
);
create index given_allowance_by_account on customers.given_allowance (tenant_id, account_id);
select installation.protect('customers.given_allowance');
select installation.audit('customers.given_allowance');

-- The most that is billed for some usage in a month. A cap is never edited: another limit is another cap from a day on, so that it is known what held when.
create table customers.spend_cap (
    tenant_id           int not null default tenancy.current_tenant(),
    cap_id              bigint generated always as identity,
    account_id          bigint not null,
    service_id          bigint,
    name                text not null,
    amount              numeric(18, 6) not null check (amount >= 0),
    kinds               text[] not null check (kinds <@ array['voice', 'sms', 'data']),
    destinations        text[] not null,
    except_destinations text[] not null,
    anchor_day          int not null check (anchor_day between 1 and 31),
    valid               daterange not null check (not isempty(valid) and lower(valid) is not null),
    version             int not null default 1,
    primary key (tenant_id, cap_id),
    foreign key (tenant_id, account_id) references customers.account,
    foreign key (tenant_id, account_id, service_id) references customers.service (tenant_id, account_id, service_id)
);
create index spend_cap_by_account on customers.spend_cap (tenant_id, account_id);
select installation.protect('customers.spend_cap');
select installation.audit('customers.spend_cap');

-- The customer's express consent to pay more on some days. It is evidence: added, never changed.
create table customers.spend_cap_consent (
    tenant_id  int not null default tenancy.current_tenant(),
    consent_id bigint generated always as identity,
    cap_id     bigint not null,
    days       daterange not null check (not isempty(days) and lower(days) is not null and upper(days) is not null),
    given_by   text not null,
    given_how  text not null,
    noted_at   timestamptz not null,
    primary key (tenant_id, consent_id),
    foreign key (tenant_id, cap_id) references customers.spend_cap
);
create index spend_cap_consent_by_cap on customers.spend_cap_consent (tenant_id, cap_id);
select installation.protect('customers.spend_cap_consent', 'select, insert');
select installation.audit('customers.spend_cap_consent');
