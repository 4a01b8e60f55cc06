-- A chunk of a run asks for its accounts only, a page for one; without this each would read every invoice there is.
create index invoice_of_account on invoicing.invoice (tenant_id, account_id);

-- What a run's calls come to by destination is added up as its invoices are posted: counting two million calls again at its end took longer than posting them. A completed run's stays.
grant update on invoicing.run_destination to billing_app;
create function invoicing.keep_destinations() returns trigger
    language plpgsql set search_path = invoicing, pg_temp as $$
begin
    if exists (select from invoicing.billing_run r where r.run_id = new.run_id and r.status = 'completed') then
        raise exception 'Billing run % is completed: what its calls came to can not change any more.', new.run_id using errcode = 'check_violation', constraint = 'run_is_final';
    end if;
    return new;
end $$;
create trigger keep_destinations before insert or update on invoicing.run_destination for each row execute function invoicing.keep_destinations();

-- Runs that are being posted now.
do $$
declare
    t int;
begin
    for t in select tenant_id from tenancy.tenant loop
        perform set_config('billing.tenant', t::text, true);
        insert into invoicing.run_destination
        select d.* from invoicing.billing_run r cross join lateral invoicing.count_destinations(r.run_id) d where r.status = 'running';
    end loop;
    perform set_config('billing.tenant', '', true);
end $$;
