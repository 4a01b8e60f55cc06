-- What is to be sent. Bodies may hold one-time links, so the table is not audited and its secret rows are shown to few.
create table delivery.outbox (
    tenant_id  int not null default tenancy.current_tenant() references tenancy.tenant,
    message_id bigint generated always as identity,
    recipient  text not null,
    subject    text not null,
    body       text not null,
    is_secret  boolean not null,
    state      text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'withdrawn')),
    created_at timestamptz not null,
    primary key (tenant_id, message_id)
);
select installation.protect('delivery.outbox', 'select, insert, update');
create index outbox_by_state on delivery.outbox (tenant_id, state, message_id);
