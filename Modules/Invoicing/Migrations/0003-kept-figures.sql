-- What a posted invoice and a completed run say of their calls is settled, so it is kept instead of counted on every visit.
-- "billing verify" counts again and compares.
alter table invoicing.invoice
    add calls   bigint not null default 0,
    add seconds bigint not null default 0;
alter table invoicing.invoice alter calls drop default, alter seconds drop default;

create table invoicing.run_destination (
    tenant_id   int not null default tenancy.current_tenant(),
    run_id      bigint not null,
    destination text not null,
    calls       bigint not null,
    seconds     bigint not null,
    charge      numeric(24, 6) not null,
    primary key (tenant_id, run_id, destination),
    foreign key (tenant_id, run_id) references invoicing.billing_run
);
select installation.protect('invoicing.run_destination', 'select, insert');

create function invoicing.count_destinations(of_run bigint) returns setof invoicing.run_destination
    language sql stable set search_path = invoicing, pg_temp as $$
    select c.tenant_id, i.run_id, coalesce(c.destination, ''), count(*), coalesce(sum(c.seconds), 0), coalesce(sum(c.charge), 0)
    from invoicing.invoice i join usage.call c using (tenant_id, invoice_id)
    where i.run_id = of_run group by 1, 2, 3
$$;

-- What is there already. The owner is bound by row-level security too: tenant by tenant.
do $$
declare
    t int;
begin
    for t in select tenant_id from tenancy.tenant loop
        perform set_config('billing.tenant', t::text, true);
        update invoicing.invoice i set calls = c.calls, seconds = c.seconds
        from (select tenant_id, invoice_id, count(*) calls, coalesce(sum(seconds), 0) seconds from usage.call where invoice_id is not null group by tenant_id, invoice_id) c
        where (i.tenant_id, i.invoice_id) = (c.tenant_id, c.invoice_id);
        insert into invoicing.run_destination
        select d.* from invoicing.billing_run r cross join lateral invoicing.count_destinations(r.run_id) d where r.status = 'completed';
    end loop;
    perform set_config('billing.tenant', '', true);
end $$;
