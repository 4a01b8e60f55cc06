create schema invoicing;
grant usage on schema invoicing to billing_app;

create table invoicing.billing_run (
    tenant_id     int not null default tenancy.current_tenant() references tenancy.tenant,
    run_id        bigint generated always as identity,
    invoice_date  date not null,
    cutoff_on     date not null,
    due_on        date,
    message       text,
    status        text not null check (status in ('pending', 'requested', 'running', 'completed', 'cancelled')),
    draft_hash    text,
    requested_at  timestamptz,
    completed_at  timestamptz,
    manifest      jsonb,
    primary key (tenant_id, run_id),
    check (due_on >= invoice_date),
    check (status in ('pending', 'cancelled') or (draft_hash is not null and requested_at is not null)),
    check ((status = 'completed') = (completed_at is not null))
);
-- One run at a time is being made; two people can't start the month twice.
create unique index one_open_run on invoicing.billing_run (tenant_id) where status in ('pending', 'requested', 'running');
select installation.protect('invoicing.billing_run', 'select, insert, update');

-- The four fields are locked once billing is requested, and a finished run stays as it is.
create function invoicing.lock_run() returns trigger language plpgsql as $$
begin
    if old.status in ('completed', 'cancelled') and new is distinct from old then
        raise exception 'Billing run % is %: it can not change any more.', old.run_id, old.status using errcode = 'check_violation', constraint = 'run_is_final';
    end if;
    if old.status <> 'pending' and (new.invoice_date, new.cutoff_on, new.due_on, new.message) is distinct from (old.invoice_date, old.cutoff_on, old.due_on, old.message) then
        raise exception 'The dates and message of billing run % are locked since it was requested.', old.run_id using errcode = 'check_violation', constraint = 'run_fields_locked';
    end if;
    return new;
end $$;
create trigger lock_run before update on invoicing.billing_run for each row execute function invoicing.lock_run();

create table invoicing.confirmation (
    tenant_id    int not null default tenancy.current_tenant(),
    run_id       bigint not null,
    gate         text not null check (gate in ('payments', 'cdrs-processed', 'errors-checked', 'pre-billing-report')),
    confirmed_by text not null,
    confirmed_at timestamptz not null,
    primary key (tenant_id, run_id, gate),
    foreign key (tenant_id, run_id) references invoicing.billing_run
);
select installation.protect('invoicing.confirmation', 'select, insert');

-- What the draft computed for each account, and how far posting it has got.
create table invoicing.run_account (
    tenant_id   int not null default tenancy.current_tenant(),
    run_id      bigint not null,
    account_id  bigint not null,
    draft_hash  text not null,
    gross       numeric(18, 2) not null,
    status      text not null default 'drafted' check (status in ('drafted', 'posted', 'parked')),
    reason      text,
    primary key (tenant_id, run_id, account_id),
    foreign key (tenant_id, run_id) references invoicing.billing_run,
    foreign key (tenant_id, account_id) references customers.account,
    check ((status = 'parked') = (reason is not null))
);
select installation.protect('invoicing.run_account');

create table invoicing.number_series (
    tenant_id int not null default tenancy.current_tenant() references tenancy.tenant,
    series    text not null,
    next      bigint not null check (next > 0),
    primary key (tenant_id, series)
);
select installation.protect('invoicing.number_series', 'select, insert, update');

-- Posted is posted: the application can add an invoice, never change or delete one.
create table invoicing.invoice (
    tenant_id     int not null default tenancy.current_tenant() references tenancy.tenant,
    invoice_id    bigint generated always as identity,
    run_id        bigint not null,
    account_id    bigint not null,
    series        text not null,
    sequence      bigint not null,
    number        text not null,
    invoice_date  date not null,
    tax_point     date not null,
    due_on        date not null,
    currency      char(3) not null,
    net           numeric(18, 2) not null,
    vat           numeric(18, 2) not null,
    gross         numeric(18, 2) not null,
    model         text not null,
    model_hash    text not null,
    template      text not null,
    template_hash text not null,
    posted_at     timestamptz not null,
    primary key (tenant_id, invoice_id),
    unique (tenant_id, series, sequence),
    unique (tenant_id, number),
    unique (tenant_id, run_id, account_id),
    foreign key (tenant_id, run_id) references invoicing.billing_run,
    foreign key (tenant_id, account_id) references customers.account,
    check (net + vat = gross)
);
select installation.protect('invoicing.invoice', 'select, insert');

create table invoicing.invoice_line (
    tenant_id    int not null default tenancy.current_tenant(),
    invoice_id   bigint not null,
    line         int not null,
    kind         text not null check (kind in ('recurring', 'one-off', 'usage')),
    description  text not null,
    quantity     numeric(18, 3) not null,
    net          numeric(18, 2) not null,
    tax_category text not null,
    tax_rate     numeric(6, 3) not null,
    nominal_code text not null,
    period       daterange,
    primary key (tenant_id, invoice_id, line),
    foreign key (tenant_id, invoice_id) references invoicing.invoice
);
select installation.protect('invoicing.invoice_line', 'select, insert');

-- A day of a subscription is charged once, whatever number of runs, restarts and overlapping cutoffs.
create table invoicing.recurring_slice (
    tenant_id       int not null default tenancy.current_tenant(),
    subscription_id bigint not null,
    period          daterange not null check (not isempty(period)),
    amount          numeric(18, 2) not null,
    invoice_id      bigint not null,
    primary key (tenant_id, subscription_id, period),
    foreign key (tenant_id, subscription_id) references customers.subscription,
    foreign key (tenant_id, invoice_id) references invoicing.invoice,
    constraint day_charged_once exclude using gist (tenant_id with =, subscription_id with =, period with &&)
);
select installation.protect('invoicing.recurring_slice', 'select, insert');

create table invoicing.one_off_claim (
    tenant_id  int not null default tenancy.current_tenant(),
    charge_id  bigint not null,
    invoice_id bigint not null,
    primary key (tenant_id, charge_id),
    foreign key (tenant_id, charge_id) references customers.one_off_charge,
    foreign key (tenant_id, invoice_id) references invoicing.invoice
);
select installation.protect('invoicing.one_off_claim', 'select, insert');
