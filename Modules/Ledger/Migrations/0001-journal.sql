create schema ledger;
grant usage on schema ledger to billing_app;

-- Appended, never changed: the application may not update or delete here, one document is entered once, and all of an entry's
-- postings come in the transaction that enters it ('entered_in'), so that an old entry can't grow.
create table ledger.entry (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    entry_id    bigint generated always as identity,
    document    text not null,
    dated_on    date not null,
    entered_at  timestamptz not null,
    entered_in  xid8 not null default pg_current_xact_id(),
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

create function ledger.check_posting() returns trigger language plpgsql as $$
begin
    if not exists (select from ledger.entry where tenant_id = new.tenant_id and entry_id = new.entry_id and entered_in = pg_current_xact_id()) then
        raise exception 'Entry % was made earlier: it can not get more postings. Enter a correction as an entry of its own.', new.entry_id
            using errcode = 'check_violation', constraint = 'entry_is_closed';
    end if;
    return null;
end $$;
create trigger entry_is_closed after insert on ledger.posting for each row execute function ledger.check_posting();

create function ledger.check_balance() returns trigger language plpgsql as $$
declare off numeric;
begin
    -- Under another tenant's name the rows below would be out of sight, and nothing would seem to be missing.
    if tenancy.current_tenant() is distinct from new.tenant_id then
        raise exception 'The tenant was changed within the transaction that entered %.', new.entry_id using errcode = 'check_violation', constraint = 'entry_balances';
    end if;
    select sum(amount) into off from ledger.posting where tenant_id = new.tenant_id and entry_id = new.entry_id group by currency having sum(amount) <> 0 limit 1;
    if off is not null then
        raise exception 'The postings of entry % sum to %, not zero.', new.entry_id, off using errcode = 'check_violation', constraint = 'entry_balances';
    end if;
    return null;
end $$;
create constraint trigger entry_balances after insert on ledger.posting
    deferrable initially deferred for each row execute function ledger.check_balance();
