-- A big file's calls lie in a partition of their own, which is filled by COPY, indexed in one go and attached: nothing else stores a million indexed calls a minute, and
-- it costs the same however many calls there are already. The calls of all other files share part 0. See docs/decisions/0019.
create sequence usage.part_number as int;

alter table usage.call rename to call_shared;
do $$
declare
    i record;
begin
    for i in select indexrelid::regclass as name, c.relname from pg_index join pg_class c on c.oid = indexrelid where indrelid = 'usage.call_shared'::regclass loop
        execute format('alter index %s rename to %I', i.name, regexp_replace(i.relname, '^call_', 'call_shared_'));
    end loop;
end $$;
drop trigger tally_changes on usage.call_shared;
drop trigger keep_billed on usage.call_shared;
revoke all on usage.call_shared from billing_app;
alter table usage.call_shared
    add part int not null default 0,
    drop constraint call_shared_pkey,
    -- A computed column makes every row of a COPY dearer by a third, and its two conditions are as easily written where they are asked.
    drop column is_live,
    add primary key (tenant_id, file_id, line, part);
create unique index call_shared_is_unique on usage.call_shared (tenant_id, carrier, record_key) where record_key is not null and state <> 'duplicate';

create table usage.call (like usage.call_shared including defaults including constraints) partition by list (part);
alter table usage.call add primary key (tenant_id, file_id, line, part);
do $$
declare
    i text;
begin
    for i in select indexdef from pg_indexes where schemaname = 'usage' and tablename = 'call_shared' and indexdef not like 'CREATE UNIQUE %' loop
        execute replace(i, 'call_shared', 'call');
    end loop;
end $$;
-- Calls come about in the order of time, so this is next to nothing, and finds a day's calls among millions.
create index call_by_time on usage.call using brin (started_at) with (pages_per_range = 16, autosummarize = on);
alter table usage.call attach partition usage.call_shared for values in (0);
select installation.protect('usage.call', 'select, insert, update, delete');
create trigger tally_changes after update on usage.call referencing old table as before_it new table as after_it
    for each statement execute function usage.tally_changes();
create trigger keep_billed before delete on usage.call for each row when (old.invoice_id is not null) execute function usage.keep_billed();
-- Views look at a table by what it is, not by its name.
do $$
declare
    v record;
begin
    for v in select schemaname, viewname, definition from pg_views where definition like '%usage.call_shared%' loop
        execute format('create or replace view %I.%I with (security_invoker = true) as %s', v.schemaname, v.viewname, replace(v.definition, 'usage.call_shared', 'usage.call'));
    end loop;
end $$;

-- The parts of a tenant, one a big file. 'started' is from the first to the last start of its records, both included; null while it is being filled.
create table usage.call_part (
    tenant_id int not null default tenancy.current_tenant() references tenancy.tenant,
    part      int not null check (part > 0),
    file_id   bigint not null,
    carrier   text not null,
    started   tstzrange,
    primary key (tenant_id, part),
    unique (tenant_id, file_id),
    foreign key (tenant_id, file_id) references usage.cdr_file on delete cascade deferrable initially deferred
);
select installation.protect('usage.call_part', 'select');
create index call_part_of_carrier on usage.call_part using gist (tenant_id, carrier, started);

-- While it is filled nothing guards a part but that nobody else can see it yet. So a transaction that opens one can't end without sealing it.
create function usage.must_be_sealed() returns trigger
    language plpgsql set search_path = usage, pg_temp as $$
begin
    if exists (select from usage.call_part p where p.tenant_id = new.tenant_id and p.part = new.part and p.started is null) then
        raise exception 'Part % was opened and not sealed.', new.part using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger must_be_sealed after insert on usage.call_part deferrable initially deferred for each row execute function usage.must_be_sealed();

create function usage.keep_filled_part() returns trigger
    language plpgsql set search_path = usage, pg_temp as $$
begin
    if exists (select from usage.call c where c.tenant_id = old.tenant_id and c.part = old.part) then
        raise exception 'Part % still has calls.', old.part using errcode = 'foreign_key_violation', constraint = 'part_has_calls', schema = 'usage', table = 'call_part';
    end if;
    return old;
end $$;
create trigger keep_filled_part before delete on usage.call_part for each row execute function usage.keep_filled_part();

create function usage.part_name(of_part int) returns text
    language sql stable set search_path = usage, pg_temp as $$ select format('call_t%s_p%s', tenancy.current_tenant(), of_part) $$;

-- Opens a part for a file of a carrier that is about to come. Its table is filled by COPY as it is named here; 'arriving' shows what is in it. No row comes back
-- when there are so many parts that every question about calls would feel them; the file goes where the others are then.
create function usage.open_part(of_carrier text) returns table (part int, file_id bigint, name text)
    language plpgsql security definer set search_path = usage, pg_temp as $$
declare
    t int := tenancy.current_tenant();
    i text;
begin
    if t is null then raise exception 'No tenant is set.' using errcode = 'insufficient_privilege'; end if;
    if (select count(*) from pg_inherits where inhparent = 'usage.call'::regclass) > 120 then return; end if;
    -- The lock of an import: what repeats earlier calls of the carrier is looked for once, when the part is sealed.
    perform pg_advisory_xact_lock(t, hashtext('import/' || of_carrier));
    part := nextval('usage.part_number');
    file_id := nextval(pg_get_serial_sequence('usage.cdr_file', 'file_id'));
    name := usage.part_name(part);
    execute format('create table %I (like usage.call including defaults including constraints)', name);
    execute format('alter table %I alter tenant_id set default %s, alter file_id set default %s, alter carrier set default %L, alter part set default %s,
                    add constraint of_one_file check (tenant_id = %2$s and file_id = %3$s and carrier = %4$L and part = %5$s)', name, t, file_id, of_carrier, part);
    -- Indexes that have hardly a row at first cost less while it is filled than a look at every row afterwards.
    for i in select pg_get_indexdef(indexrelid) from pg_index where indrelid = 'usage.call'::regclass and indpred is not null and pg_get_expr(indpred, indrelid) <> '(state = ''open''::text)' loop
        execute usage.index_for(i, name);
    end loop;
    execute format('grant select, insert on %I to billing_app', name);
    execute format('create temporary view arriving as select * from %I', name);
    grant select on arriving to billing_app;
    insert into usage.call_part (part, file_id, carrier) values (open_part.part, open_part.file_id, of_carrier);
    return next;
end $$;

create function usage.index_for(definition text, name text) returns text
    language sql immutable set search_path = usage, pg_temp as $$ select regexp_replace(definition, 'INDEX \S+ ON (ONLY )?usage\.call ', format('INDEX ON usage.%I ', name)) $$;

-- Among what arrives (a table like usage.call, of a file that is not in yet), marks what an earlier file of the carrier has. A record is the same record when it has the same key; of
-- another part it must also have started within a day of the file's calls, so that not every part must be asked: a carrier's id that comes again months later is another call.
create function usage.mark_known(arriving regclass, of_carrier text, of_part int, started tstzrange default null) returns bigint
    language plpgsql set search_path = usage, pg_temp set random_page_cost = 1.1 as $$
declare
    statement text := format($q$
        update %s a
        set state = 'duplicate', duplicate_of_file = c.file_id, duplicate_of_line = c.line, error_code = null, error_subject = null, error_message = null
        from usage.call c
        where c.carrier = %L and c.record_key = a.record_key and c.state <> 'duplicate'$q$, arriving, of_carrier);
    around tstzrange := started;
    others int[];
    n bigint;
    marked bigint := 0;
    memory text := current_setting('work_mem');
begin
    if of_part = 0 then
        execute statement || ' and c.part = 0';
        get diagnostics marked = row_count;
    end if;
    if not exists (select from usage.call_part p where p.part <> of_part) and of_part = 0 then return marked; end if;
    if around is null then
        execute format('select coalesce(tstzrange(min(started_at), max(started_at), ''[]''), ''empty'') from %s where record_key is not null', arriving) into around;
    end if;
    if isempty(around) or lower(around) is null then return marked; end if;
    around := tstzrange(lower(around) - interval '1 day', upper(around) + interval '1 day', '[]');
    select array_agg(p.part) into others from usage.call_part p where p.carrier = of_carrier and p.part <> of_part and p.started && around;
    if of_part <> 0 then others := others || 0; end if;
    if others is null then return marked; end if;
    -- Nothing is known of the table that arrives, and asking an index for each of its rows is the dear way to compare two days.
    perform set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('work_mem', '128MB', true);
    execute statement || format(' and c.part = any(%L::int[]) and c.started_at >= %L and c.started_at <= %L', others, lower(around), upper(around));
    get diagnostics n = row_count;
    perform set_config('enable_nestloop', 'on', true), set_config('enable_mergejoin', 'on', true), set_config('work_mem', memory, true);
    return marked + n;
end $$;

-- Within a file the first line with a key counts.
create function usage.mark_repeated(arriving regclass, of_file bigint) returns bigint
    language plpgsql set search_path = usage, pg_temp as $$
declare
    marked bigint;
begin
    execute format($q$
        update %1$s a
        set state = 'duplicate', duplicate_of_file = %2$s, duplicate_of_line = f.first_line, error_code = null, error_subject = null, error_message = null
        from (select record_key, min(line) as first_line from %1$s where record_key is not null and state <> 'duplicate' group by record_key having count(*) > 1) f
        where a.record_key = f.record_key and a.line > f.first_line$q$, arriving, of_file);
    get diagnostics marked = row_count;
    return marked;
end $$;

-- Judged against the file's own newest call, so that the same file gives the same answer whenever it comes.
create function usage.mark_too_old(arriving regclass, late_days int) returns bigint
    language plpgsql set search_path = usage, pg_temp as $$
declare
    oldest timestamptz;
    first timestamptz;
    marked bigint := 0;
begin
    execute format('select max(started_at) filter (where state <> ''duplicate'') - make_interval(days => %2$s), min(started_at) from %1$s', arriving, late_days) into oldest, first;
    if first < oldest then
        execute format($q$
            update %1$s
            set state = 'error', error_code = 'usage.too-old', error_subject = to_char(started_at at time zone 'UTC', 'YYYY-MM'),
                error_message = 'The call is more than %2$s days older than the newest one of its file. Exclude it, or raise the tenant''s limit for late calls.'
            where state in ('open', 'error') and started_at < %3$L$q$, arriving, late_days, oldest);
        get diagnostics marked = row_count;
    end if;
    return marked;
end $$;

-- Its unique index needs neither tenant nor carrier, as the table has one of each; without them it is half as dear.
-- Makes a filled part one of the table: marks what repeats and what is too old, builds the indexes, closes it to everybody but through the table, attaches it. The file must be in the
-- register by now. Gives the number of lines back that are not what they came as.
create function usage.seal_part(of_part int, late_days int) returns bigint
    language plpgsql security definer set search_path = usage, pg_temp set maintenance_work_mem = '192MB' set default_statistics_target = 10 as $$
declare
    p usage.call_part;
    name text := usage.part_name(of_part);
    stored regclass := format('usage.%I', name)::regclass;
    spread tstzrange;
    marked bigint;
    i record;
begin
    select * into strict p from usage.call_part one where one.part = of_part and one.started is null;
    if not exists (select from usage.cdr_file f where f.file_id = p.file_id and f.carrier = p.carrier) then
        raise exception 'File % of % is not in the register.', p.file_id, p.carrier using errcode = 'foreign_key_violation';
    end if;
    drop view arriving;
    execute format('revoke all on %I from billing_app', name);
    execute format('select case when count(*) = 0 then ''empty'' else tstzrange(min(started_at), max(started_at), ''[]'') end from %I where record_key is not null', name) into spread;
    marked := usage.mark_known(stored, p.carrier, of_part, spread);
    begin
        execute format('create unique index on %I (record_key) where record_key is not null and state <> ''duplicate''', name);
    exception when unique_violation then
        marked := marked + usage.mark_repeated(stored, p.file_id);
        execute format('create unique index on %I (record_key) where record_key is not null and state <> ''duplicate''', name);
    end;
    if lower(spread) < upper(spread) - make_interval(days => late_days) then marked := marked + usage.mark_too_old(stored, late_days); end if;
    for i in select pg_get_indexdef(indexrelid) as definition from pg_index
             where indrelid = 'usage.call'::regclass and not indisunique and (indpred is null or pg_get_expr(indpred, indrelid) = '(state = ''open''::text)') loop
        execute usage.index_for(i.definition, name);
    end loop;
    execute format('alter table %I add primary key (tenant_id, file_id, line, part)', name);
    execute format('analyze %I (tenant_id, file_id, account_id, started_at, state)', name);
    execute format('alter table %I enable row level security, force row level security', name);
    execute format('create policy tenant on %I using (tenant_id = tenancy.current_tenant()) with check (tenant_id = tenancy.current_tenant())', name);
    update usage.call_part one set started = spread where one.part = of_part;
    execute format('alter table usage.call attach partition %I for values in (%s)', name, of_part);
    return marked;
end $$;

-- Each part's own index keeps a record from counting twice in it; what a file of its own brings is compared when it is sealed. These two keep the rest: what comes into the
-- shared part, and what counts again after it did not.
create function usage.keep_once() returns trigger
    language plpgsql set search_path = usage, pg_temp set random_page_cost = 1.1 as $$
declare
    p record;
    twice record;
begin
    if not exists (select from usage.call_part) then return null; end if;
    if exists (select from arrived a join usage.call_part o on o.tenant_id = a.tenant_id and o.file_id = a.file_id) then
        raise exception 'A file with a part of its own has all its lines there.' using errcode = 'check_violation', constraint = 'part_is_whole', schema = 'usage', table = 'call';
    end if;
    perform pg_advisory_xact_lock(tenancy.current_tenant(), hashtext('import/' || carrier)) from (select distinct carrier from arrived where record_key is not null and state <> 'duplicate') one;
    for p in
        select o.part, w.carrier, w.started
        from (select carrier, tstzrange(min(started_at) - interval '1 day', max(started_at) + interval '1 day', '[]') as started from arrived where record_key is not null and state <> 'duplicate' group by carrier) w
             join usage.call_part o on o.carrier = w.carrier and o.started && w.started
    loop
        execute format('select a.file_id, a.line, c.file_id as other_file, c.line as other_line from arrived a join usage.call c on c.carrier = a.carrier and c.record_key = a.record_key
                        where a.state <> ''duplicate'' and a.carrier = %L and c.state <> ''duplicate'' and c.part = %s and c.started_at >= %L and c.started_at <= %L limit 1', p.carrier, p.part, lower(p.started), upper(p.started)) into twice;
        if twice.file_id is not null then
            raise exception 'Line % of file % is the record of line % of file %.', twice.line, twice.file_id, twice.other_line, twice.other_file
                using errcode = 'unique_violation', constraint = 'call_is_unique', schema = 'usage', table = 'call';
        end if;
    end loop;
    return null;
end $$;
create trigger keep_once after insert on usage.call referencing new table as arrived for each statement execute function usage.keep_once();

create function usage.keep_once_again() returns trigger
    language plpgsql set search_path = usage, pg_temp as $$
begin
    if not exists (select from usage.call_part) then return null; end if;
    perform pg_advisory_xact_lock(new.tenant_id, hashtext('import/' || new.carrier));
    if exists (select from usage.call c
               where c.tenant_id = new.tenant_id and c.carrier = new.carrier and c.record_key = new.record_key and c.state <> 'duplicate' and c.part <> new.part
                 and c.started_at >= new.started_at - interval '1 day' and c.started_at <= new.started_at + interval '1 day') then
        raise exception 'Line % of file % is the record of another line that counts.', new.line, new.file_id
            using errcode = 'unique_violation', constraint = 'call_is_unique', schema = 'usage', table = 'call';
    end if;
    return null;
end $$;
create trigger keep_once_again after update on usage.call for each row when (new.state <> 'duplicate' and new.record_key is not null and (old.state = 'duplicate' or new.record_key is distinct from old.record_key))
    execute function usage.keep_once_again();

-- Gives a part's calls to the shared one, so that there are not more parts than every question about calls can bear. Whoever calls it sets lock_timeout: it waits for nobody for long.
create function usage.fold_part(of_part int) returns void
    language plpgsql security definer set search_path = usage, pg_temp as $$
declare
    name text := usage.part_name(of_part);
    columns text := (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
                     where attrelid = 'usage.call'::regclass and attnum > 0 and not attisdropped and attname <> 'part');
begin
    perform from usage.call_part p where p.part = of_part and p.started is not null for update;
    if not found then raise exception 'There is no part %.', of_part using errcode = 'no_data_found'; end if;
    execute format('lock table %I in share row exclusive mode', name);
    execute format('insert into call_shared (%1$s) select %1$s from %2$I', columns, name);
    execute format('alter table usage.call detach partition %I', name);
    execute format('drop table %I', name);
    delete from usage.call_part p where p.part = of_part;
end $$;

-- The tables of parts whose files were taken out again; as above, of a lock_timeout.
create function usage.drop_empty_parts() returns int
    language plpgsql security definer set search_path = usage, pg_temp as $$
declare
    name text;
    dropped int := 0;
begin
    for name in select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid
                where h.inhparent = 'usage.call'::regclass and c.relname ~ ('^call_t' || tenancy.current_tenant() || '_p\d+$')
                  and not exists (select from usage.call_part p where usage.part_name(p.part) = c.relname)
    loop
        execute format('alter table usage.call detach partition %I', name);
        execute format('drop table %I', name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;
revoke all on function usage.open_part(text), usage.seal_part(int, int), usage.fold_part(int), usage.drop_empty_parts() from public;
-- The import says the id itself: a part has to know it before the file is in the register.
grant usage on sequence usage.cdr_file_file_id_seq to billing_app;
grant execute on function usage.open_part(text), usage.seal_part(int, int), usage.fold_part(int), usage.drop_empty_parts() to billing_app;
