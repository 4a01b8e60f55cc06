-- What allowances and spend caps took off which call. A call's price without them is its charge plus its draws' amounts, so it can be drawn for again
-- at any time; rows of calls that no run has settled are computed anew whenever something changed. No foreign key to usage.call: draws are written with it.
create table usage.draw (
    tenant_id    int not null default tenancy.current_tenant(),
    file_id      bigint not null,
    line         bigint not null,
    part         int not null check (part > 0),
    account_id   bigint not null,
    service_id   bigint not null,
    started_at   timestamptz not null,
    source       text not null check (source in ('given', 'product', 'cap')),
    grant_id     bigint not null,
    allowance_id bigint not null,
    pool         text not null check (pool in ('service', 'site', 'account')),
    owner_id     bigint not null,
    period       daterange not null,
    used         numeric[] not null check (cardinality(used) = 5), -- before: seconds, messages, bytes, calls, money
    seconds      bigint not null,
    messages     bigint not null,
    bytes        bigint not null,
    calls        bigint not null,
    money        numeric(18, 6) not null,
    of_units     bigint not null,
    amount       numeric(18, 6) not null,
    is_settled   boolean not null default false,
    primary key (tenant_id, file_id, line, part),
    foreign key (tenant_id, file_id) references usage.cdr_file,
    check ((source = 'cap') = (allowance_id = 0))
);
create index draw_by_account on usage.draw (tenant_id, account_id, started_at);
select installation.protect('usage.draw');

-- A call whose whole price an allowance covered ends as covered. Whatever states there are by now stay.
do $$
declare
    states text := (select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'usage.call'::regclass and conname = 'call_state_check');
begin
    alter table usage.call drop constraint call_state_check;
    execute 'alter table usage.call add constraint call_state_check ' || replace(states, '''billed''::text', '''billed''::text, ''covered''::text');
end $$;
alter table usage.call add check (state <> 'covered' or (charge = 0 and account_id is not null and started_at is not null));
