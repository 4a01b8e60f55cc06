create schema api;
grant usage on schema api to billing_app;

-- A program's way in. The secret itself is shown once and never stored.
create table api.api_key (
    tenant_id    int not null default tenancy.current_tenant() references tenancy.tenant,
    api_key_id   bigint generated always as identity,
    label        text not null check (length(label) between 1 and 100),
    secret_hash  bytea not null,
    scopes       text[] not null check (cardinality(scopes) > 0),
    created_at   timestamptz not null default now(),
    expires_at   timestamptz,
    withdrawn_at timestamptz,
    last_used_on date,
    primary key (tenant_id, api_key_id)
);
select installation.protect('api.api_key', 'select, insert, update');
select installation.audit('api.api_key', 'secret_hash', 'last_used_on');

-- What a write was answered with, so that the same request sent again gets the same answer and does nothing.
create table api.answer (
    tenant_id       int not null default tenancy.current_tenant() references tenancy.tenant,
    api_key_id      bigint not null,
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    request_hash    bytea not null,
    status          int not null,
    media_type      text,
    location        text,
    etag            text,
    body            bytea not null,
    answered_at     timestamptz not null,
    primary key (tenant_id, api_key_id, idempotency_key),
    foreign key (tenant_id, api_key_id) references api.api_key
);
select installation.protect('api.answer', 'select, insert, delete');
create index answer_by_age on api.answer (tenant_id, answered_at);

create table api.webhook (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    webhook_id  bigint generated always as identity,
    url         text not null,
    events      text[] not null check (cardinality(events) > 0),
    secret      text not null,
    is_active   boolean not null default true,
    created_at  timestamptz not null default now(),
    primary key (tenant_id, webhook_id)
);
select installation.protect('api.webhook');
select installation.audit('api.webhook', 'secret');

-- What happened, written in the transaction in which it happened.
create table api.event (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    event_id    bigint generated always as identity,
    kind        text not null,
    body        jsonb not null,
    happened_at timestamptz not null default now(),
    primary key (tenant_id, event_id)
);
select installation.protect('api.event', 'select, insert');

-- One row for each webhook an event goes to, with every attempt counted; next_at is null when nothing more is tried.
create table api.delivery (
    tenant_id   int not null default tenancy.current_tenant(),
    delivery_id bigint generated always as identity,
    webhook_id  bigint not null,
    event_id    bigint not null,
    attempts    int not null default 0,
    next_at     timestamptz default now(),
    tried_at    timestamptz,
    status      int,
    problem     text,
    is_done     boolean not null default false,
    primary key (tenant_id, delivery_id),
    unique (tenant_id, webhook_id, event_id),
    foreign key (tenant_id, webhook_id) references api.webhook on delete cascade,
    foreign key (tenant_id, event_id) references api.event
);
create index delivery_due on api.delivery (tenant_id, next_at) where next_at is not null;
select installation.protect('api.delivery', 'select, insert, update, delete');
