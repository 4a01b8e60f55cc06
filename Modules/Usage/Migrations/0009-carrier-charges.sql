-- What somebody decided about recurring charges that could not be matched. A decision about a service or a product of a carrier holds from its day on, for lines of
-- later files too; one about lines ('lines') holds for the lines that name it, and no others.
create table usage.carrier_ruling (
    tenant_id    int not null default tenancy.current_tenant() references tenancy.tenant,
    ruling_id    bigint generated always as identity,
    carrier      text not null,
    subject_kind text not null check (subject_kind in ('service', 'product', 'lines')),
    subject      text not null,
    error_code   text not null,                -- what was wrong when it was decided
    outcome      text not null check (outcome in ('allocate', 'exclude')),
    account_id   bigint,
    service_id   bigint,                       -- null: the account as a whole
    from_on      date,
    why          text not null,
    decided_by   text not null,
    decided_at   timestamptz not null,
    primary key (tenant_id, ruling_id),
    foreign key (tenant_id, account_id) references customers.account,
    foreign key (tenant_id, service_id) references customers.service,
    check ((outcome = 'allocate') = (account_id is not null)),
    check (service_id is null or account_id is not null),
    check (outcome = 'allocate' or why <> ''),
    check ((subject_kind = 'lines') = (from_on is null)),
    check (outcome = 'exclude' or subject_kind <> 'lines')
);
create unique index ruling_of_a_day on usage.carrier_ruling (tenant_id, carrier, subject_kind, subject, from_on) where from_on is not null;
select installation.protect('usage.carrier_ruling', 'select, insert, update, delete');
select installation.audit('usage.carrier_ruling');

-- Recurring charges as carriers bill them to the reseller: every line of such a file that is meant to be a charge, in exactly one state:
--   allocated     known whose it is: by the owner of its number or circuit, or by a ruling
--   unallocated   not known: see error_*
--   duplicate     the same line came before, in another file: see duplicate_of_*
--   excluded      somebody decided that it is nobody's: see the ruling
--   bad           can't be read: see error_*
-- A negative amount is a credit, as for the part of a period that was paid already.
create table usage.carrier_charge (
    tenant_id         int not null default tenancy.current_tenant(),
    file_id           bigint not null,
    line              bigint not null,
    lines             int not null default 1 check (lines > 0),
    carrier           text not null,
    state             text not null check (state in ('allocated', 'unallocated', 'duplicate', 'excluded', 'bad')),
    record_key        uuid,
    is_live           boolean generated always as (state <> 'duplicate' and record_key is not null) stored,
    raw               text not null,
    period            daterange check (period is null or (not isempty(period) and lower(period) is not null and upper(period) is not null)),   -- [first day, day after the last)
    identity          text,                    -- what the carrier names the service by: a circuit, a number as it writes it
    number            text,                    -- the number in it, where there is one
    subject           text,                    -- of the two, what a person knows it by; null where the line names no service
    code              text,
    description       text,
    quantity          bigint,
    amount            numeric(18, 6),          -- of the whole line, without VAT
    currency          char(3),
    account_id        bigint,
    service_id        bigint,
    ruling_id         bigint,
    error_code        text,
    error_subject     text,
    error_message     text,
    duplicate_of_file bigint,
    duplicate_of_line bigint,
    primary key (tenant_id, file_id, line),
    foreign key (tenant_id, file_id) references usage.cdr_file,
    foreign key (tenant_id, ruling_id) references usage.carrier_ruling,
    check (record_key is not null or state in ('bad', 'excluded')),
    check (record_key is null or (period is not null and amount is not null and currency is not null and quantity is not null)),
    check (state not in ('unallocated', 'bad') or error_code is not null),
    check ((state = 'allocated') = (account_id is not null)),
    check (service_id is null or account_id is not null),
    check (state <> 'excluded' or ruling_id is not null),
    check (state in ('allocated', 'excluded') or ruling_id is null),
    check ((state = 'duplicate') = (duplicate_of_line is not null)),
    check ((duplicate_of_line is null) = (duplicate_of_file is null))
);
create unique index carrier_charge_is_unique on usage.carrier_charge (tenant_id, carrier, record_key) where is_live;
create index carrier_charge_of_service on usage.carrier_charge (tenant_id, account_id, service_id) where state = 'allocated';
create index carrier_charge_in_error on usage.carrier_charge (tenant_id, error_code) where state in ('unallocated', 'bad');
create index carrier_charge_of_ruling on usage.carrier_charge (tenant_id, ruling_id) where ruling_id is not null;
create index carrier_charge_duplicate_of on usage.carrier_charge (tenant_id, duplicate_of_file) where state = 'duplicate';
select installation.protect('usage.carrier_charge', 'select, insert, update, delete');

-- What a carrier's product is sold on as, and for how much it should be sold where that is not the price list's.
create table usage.carrier_product (
    tenant_id          int not null default tenancy.current_tenant() references tenancy.tenant,
    carrier_product_id bigint generated always as identity,
    carrier            text not null,
    code               text not null,
    product_id         bigint,
    suggested_price    numeric(18, 6) check (suggested_price >= 0),
    version            int not null default 1,
    primary key (tenant_id, carrier_product_id),
    unique (tenant_id, carrier, code),
    foreign key (tenant_id, product_id) references catalog.product,
    check (product_id is not null or suggested_price is not null)
);
select installation.protect('usage.carrier_product', 'select, insert, update, delete');
select installation.audit('usage.carrier_product');

-- The carrier's invoice for a file, typed in from its paper: what the file's lines are held against.
create table usage.carrier_invoice (
    tenant_id int not null default tenancy.current_tenant(),
    file_id   bigint not null,
    number    text not null check (length(number) between 1 and 100),
    net       numeric(18, 2) not null,
    currency  char(3) not null,
    version   int not null default 1,
    primary key (tenant_id, file_id),
    foreign key (tenant_id, file_id) references usage.cdr_file on delete cascade
);
select installation.protect('usage.carrier_invoice', 'select, insert, update, delete');
select installation.audit('usage.carrier_invoice');

-- Their lines are tallied with those of calls, so that lines in = lines out is one question whatever the file. They are no calls: no day, no seconds, no money.
create function usage.tallied_state(of_charge text) returns text
    language sql immutable set search_path = usage, pg_temp as $$
    select case of_charge when 'unallocated' then 'error' when 'bad' then 'error' else of_charge end
$$;

create or replace function usage.count_calls(of_file bigint)
    returns table (tenant_id int, file_id bigint, day date, state text, calls bigint, lines bigint, seconds bigint, cost numeric, charge numeric)
    language sql stable set search_path = usage, pg_temp as $$
    select c.tenant_id, c.file_id, (c.started_at at time zone t.time_zone)::date, c.state,
           count(*), sum(c.lines), coalesce(sum(c.seconds), 0), coalesce(sum(c.cost), 0), coalesce(sum(c.charge), 0)
    from usage.call c join tenancy.tenant t on t.tenant_id = c.tenant_id
    -- A range, so that one plan serves both: the primary key's.
    where c.file_id >= coalesce(of_file, 0) and c.file_id <= coalesce(of_file, 9223372036854775807)
    group by 1, 2, 3, 4
    union all
    select c.tenant_id, c.file_id, null::date, usage.tallied_state(c.state), 0::bigint, sum(c.lines), 0::bigint, 0::numeric, 0::numeric
    from usage.carrier_charge c
    where c.file_id >= coalesce(of_file, 0) and c.file_id <= coalesce(of_file, 9223372036854775807)
    group by 1, 2, 4
$$;

create function usage.tally_charge_changes() returns trigger
    language plpgsql set search_path = usage, pg_temp as $$
begin
    insert into usage.tally (tenant_id, file_id, day, state, calls, lines, seconds, cost, charge)
    select tenant_id, file_id, null, usage.tallied_state(state), 0, sum(sign * lines), 0, 0, 0
    from (select tenant_id, file_id, state, lines, 1 as sign from after_it
          union all
          select tenant_id, file_id, state, lines, -1 from before_it) c
    group by tenant_id, file_id, usage.tallied_state(state)
    having sum(sign * lines) <> 0;
    return null;
end $$;
create trigger tally_charge_changes after update on usage.carrier_charge referencing old table as before_it new table as after_it
    for each statement execute function usage.tally_charge_changes();
