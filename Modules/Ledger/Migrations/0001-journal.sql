create schema ledger;
grant usage on schema ledger to billing_app;

-- Appended, never changed: the application may not update or delete here, and one document is entered once.
create table ledger.entry (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    entry_id    bigint generated always as identity,
    document    text not null,
    dated_on    date not null,
    entered_at  timestamptz not null,
    primary key (tenant_id, entry_id),
    unique (tenant_id, document)
);
select installation.protect('ledger.entry', 'select, insert');

-- Debits are positive, credits negative.
create table ledger.posting (
    tenant_id      int not null default tenancy.current_tenant(),
    entry_id       bigint not null,
    line           int not null,
    ledger_account text not null,
    account_id     bigint,
    amount         numeric(18, 2) not null check (amount <> 0),
    currency       char(3) not null,
    primary key (tenant_id, entry_id, line),
    foreign key (tenant_id, entry_id) references ledger.entry,
    foreign key (tenant_id, account_id) references customers.account,
    check ((ledger_account = 'receivables') = (account_id is not null))
);
create index posting_by_account on ledger.posting (tenant_id, account_id) where account_id is not null;
select installation.protect('ledger.posting', 'select, insert');

create function ledger.check_balance() returns trigger language plpgsql as $$
declare off numeric;
begin
    select sum(amount) into off from ledger.posting where tenant_id = new.tenant_id and entry_id = new.entry_id group by currency having sum(amount) <> 0 limit 1;
    if off is not null then
        raise exception 'The postings of entry % sum to %, not zero.', new.entry_id, off using errcode = 'check_violation', constraint = 'entry_balances';
    end if;
    return null;
end $$;
create constraint trigger entry_balances after insert on ledger.posting
    deferrable initially deferred for each row execute function ledger.check_balance();
