-- One transaction may note tens of thousands of rows (an import). Writing the head of the chain anew for each of them takes time by the
-- square of their number, because no transaction can clear away its own old versions of a row. So the head is locked by the first note, the tip
-- of the chain travels in a setting of the transaction, and the head is written once, when the transaction ends.
create or replace function tenancy.note(new_action text, new_subject text, new_key jsonb, new_before jsonb, new_after jsonb) returns void
    language plpgsql security definer set search_path = tenancy, pg_temp as $$
declare
    actor jsonb := coalesce(nullif(current_setting('billing.actor', true), ''), '{"kind": "system", "name": "Billing"}')::jsonb;
    tip text[] := string_to_array(nullif(current_setting('billing.audit_tip', true), ''), '/');
    head tenancy.audit_head;
    e tenancy.audit;
begin
    if tip[1]::int = tenancy.current_tenant() then
        head.tenant_id := tip[1]::int;
        head.entry := tip[2]::bigint;
        head.hash := decode(tip[3], 'hex');
    else
        insert into tenancy.audit_head (entry, hash) values (0, '') on conflict do nothing;
        select * into strict head from tenancy.audit_head for update;
        -- Changes nothing; its trigger writes the tip here when the transaction ends.
        update tenancy.audit_head set entry = head.entry;
    end if;
    e.tenant_id := head.tenant_id;
    e.entry := head.entry + 1;
    e.noted_at := clock_timestamp();
    e.actor_kind := actor->>'kind';
    e.actor_id := (actor->>'id')::bigint;
    e.actor_name := actor->>'name';
    e.action := new_action;
    e.subject := new_subject;
    e.subject_key := new_key;
    e.before := new_before;
    e.after := new_after;
    e.previous_hash := head.hash;
    e.hash := tenancy.audit_hash(e);
    insert into tenancy.audit select e.*;
    perform set_config('billing.audit_tip', e.tenant_id || '/' || e.entry || '/' || encode(e.hash, 'hex'), true);
end $$;

-- Writes the tip into the head. A note that comes later still finds no tip and begins from the head again.
create function tenancy.close_audit() returns trigger
    language plpgsql security definer set search_path = tenancy, pg_temp as $$
declare
    tip text[] := string_to_array(nullif(current_setting('billing.audit_tip', true), ''), '/');
begin
    if tip[1]::int = new.tenant_id then
        perform set_config('billing.audit_tip', '', true);
        update tenancy.audit_head set entry = tip[2]::bigint, hash = decode(tip[3], 'hex') where tenant_id = new.tenant_id;
    end if;
    return null;
end $$;
revoke all on function tenancy.close_audit() from public;
create constraint trigger close_audit after update on tenancy.audit_head deferrable initially deferred for each row execute function tenancy.close_audit();

-- Who changed one thing last is asked wherever two people edit it.
create index audit_of_one on tenancy.audit (tenant_id, subject, subject_key, entry);
