-- What pages ask of a month is how many lines of which file are in which state, and what a day cost and earned. Counting millions of calls on each
-- visit takes seconds; a counter a file would make everybody who posts an invoice wait for everybody else. So changes are written down as they
-- happen, a row each, positive and negative, and a sum over few rows is the count. usage.fold_tallies() makes the rows few again.
-- Where calls come in, the import writes the rows; where calls change, the trigger below does. "billing verify" counts again and compares.
create table usage.tally (
    tenant_id int not null default tenancy.current_tenant(),
    file_id   bigint not null,
    day       date,              -- on the tenant's clock; null where the line has no time
    state     text not null,
    calls     bigint not null,
    lines     bigint not null,
    seconds   bigint not null,
    cost      numeric(24, 6) not null,
    charge    numeric(24, 6) not null,
    tally_id  bigint generated always as identity,
    primary key (tenant_id, file_id, tally_id),
    foreign key (tenant_id, file_id) references usage.cdr_file
);
select installation.protect('usage.tally', 'select, insert, delete');

-- The calls of one file, or of all of the tenant's, as rows of tallies.
create function usage.count_calls(of_file bigint)
    returns table (tenant_id int, file_id bigint, day date, state text, calls bigint, lines bigint, seconds bigint, cost numeric, charge numeric)
    language sql stable set search_path = usage, pg_temp as $$
    select c.tenant_id, c.file_id, (c.started_at at time zone t.time_zone)::date, c.state,
           count(*), sum(c.lines), coalesce(sum(c.seconds), 0), coalesce(sum(c.cost), 0), coalesce(sum(c.charge), 0)
    from usage.call c join tenancy.tenant t on t.tenant_id = c.tenant_id
    -- A range, so that one plan serves both: the primary key's.
    where c.file_id >= coalesce(of_file, 0) and c.file_id <= coalesce(of_file, 9223372036854775807)
    group by 1, 2, 3, 4
$$;

create function usage.tally_changes() returns trigger
    language plpgsql set search_path = usage, pg_temp as $$
begin
    insert into usage.tally (tenant_id, file_id, day, state, calls, lines, seconds, cost, charge)
    select tenant_id, file_id, (started_at at time zone t.time_zone)::date, state, sum(sign), sum(sign * lines),
           coalesce(sum(sign * seconds), 0), coalesce(sum(sign * cost), 0), coalesce(sum(sign * charge), 0)
    from (select tenant_id, file_id, started_at, state, lines, seconds, cost, charge, 1 as sign from after_it
          union all
          select tenant_id, file_id, started_at, state, lines, seconds, cost, charge, -1 from before_it) c
         join tenancy.tenant t using (tenant_id)
    group by tenant_id, file_id, (started_at at time zone t.time_zone)::date, state
    having sum(sign) <> 0 or sum(sign * lines) <> 0 or sum(sign * seconds) <> 0 or sum(sign * cost) <> 0 or sum(sign * charge) <> 0;
    return null;
end $$;
create trigger tally_changes after update on usage.call referencing old table as before_it new table as after_it
    for each statement execute function usage.tally_changes();

-- Any number of these at once, and of changes, do no harm: what a delete finds gone is in the sum of whoever deleted it.
create function usage.fold_tallies() returns void
    language sql set search_path = usage, pg_temp as $$
    with gone as (
        delete from usage.tally where tenant_id = tenancy.current_tenant() returning *)
    insert into usage.tally (tenant_id, file_id, day, state, calls, lines, seconds, cost, charge)
    select tenant_id, file_id, day, state, sum(calls), sum(lines), sum(seconds), sum(cost), sum(charge)
    from gone group by tenant_id, file_id, day, state
    having sum(calls) <> 0 or sum(lines) <> 0 or sum(seconds) <> 0 or sum(cost) <> 0 or sum(charge) <> 0
$$;

-- Another clock, other days.
create function usage.tally_anew() returns trigger
    language plpgsql set search_path = usage, pg_temp as $$
begin
    delete from usage.tally where tenant_id = new.tenant_id;
    insert into usage.tally (tenant_id, file_id, day, state, calls, lines, seconds, cost, charge) select * from usage.count_calls(null);
    return null;
end $$;
create trigger tally_anew after update of time_zone on tenancy.tenant for each row when (new.time_zone is distinct from old.time_zone)
    execute function usage.tally_anew();

-- What is there already. The owner is bound by row-level security too: tenant by tenant.
do $$
declare
    t int;
begin
    for t in select tenant_id from tenancy.tenant loop
        perform set_config('billing.tenant', t::text, true);
        insert into usage.tally (tenant_id, file_id, day, state, calls, lines, seconds, cost, charge) select * from usage.count_calls(null);
    end loop;
    perform set_config('billing.tenant', '', true);
end $$;
