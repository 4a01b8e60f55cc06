-- What the person who approves a draft looks at, and what it was computed from: a request that comes after a change is refused and says what changed.
alter table invoicing.run_account
    add net   numeric(18, 2) not null default 0,
    add vat   numeric(18, 2) not null default 0,
    add calls bigint not null default 0;
alter table invoicing.billing_run
    add draft_inputs jsonb,
    add drafted_at   timestamptz,
    add requested_by text;

-- A confirmation may be withdrawn while nothing is requested, and says what was known when it was given.
alter table invoicing.confirmation add note text;
grant delete on invoicing.confirmation to billing_app;

create function invoicing.lock_confirmation() returns trigger language plpgsql as $$
begin
    if exists (select from invoicing.billing_run r where r.tenant_id = old.tenant_id and r.run_id = old.run_id and r.status <> 'pending') then
        raise exception 'Billing run % is requested: who confirmed what stays as it is.', old.run_id using errcode = 'check_violation', constraint = 'confirmation_is_final';
    end if;
    return old;
end $$;
create trigger lock_confirmation before delete on invoicing.confirmation for each row execute function invoicing.lock_confirmation();

select installation.audit('invoicing.billing_run', 'draft_inputs');
select installation.audit('invoicing.confirmation');
