-- While a receiver changes over to a new secret, events are signed with the one before as well.
alter table api.webhook add previous_secret text, add previous_until timestamptz, add check ((previous_secret is null) = (previous_until is null));
drop trigger audit on api.webhook;
select installation.audit('api.webhook', 'secret', 'previous_secret');

-- Whose deliveries are due, for the scheduler: numbers, nothing of the tenant's. The function runs as the owner, and the owner too is bound by the policy.
create policy installation on api.delivery to current_user using (true) with check (true);
create function api.tenants_with_due_deliveries(at timestamptz) returns table (tenant_id int)
    language sql stable security definer set search_path = api, pg_temp
    as $$ select distinct d.tenant_id from api.delivery d where d.next_at <= at order by d.tenant_id $$;
revoke all on function api.tenants_with_due_deliveries(timestamptz) from public;
grant execute on function api.tenants_with_due_deliveries(timestamptz) to billing_app;
