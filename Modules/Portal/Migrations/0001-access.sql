create schema portal;
grant usage on schema portal to billing_app;

-- Which accounts a customer's person may see, and as what:
--   owner        bills, calls, and everybody's contact details
--   bills        bills, and the calls of chosen numbers
--   own-numbers  the calls of chosen numbers, no bill
-- Whether every number may be seen is said aloud and not by having no rows below: taking somebody's last number away must not show them all.
create table portal.access (
    tenant_id        int not null default tenancy.current_tenant(),
    person_id        bigint not null,
    account_id       bigint not null,
    contact_id       bigint,
    role             text not null check (role in ('owner', 'bills', 'own-numbers')),
    sees_all_numbers boolean not null,
    granted_at       timestamptz not null,
    version          int not null default 1,
    primary key (tenant_id, person_id, account_id),
    foreign key (tenant_id, person_id) references tenancy.person,
    foreign key (tenant_id, account_id) references customers.account,
    foreign key (tenant_id, account_id, contact_id) references customers.contact (tenant_id, account_id, contact_id),
    check (role <> 'own-numbers' or not sees_all_numbers)
);
create index access_by_account on portal.access (tenant_id, account_id);
select installation.protect('portal.access');
select installation.audit('portal.access');

-- Whose calls a person may see where it is not every number's: a whole service, or one number of it. 0 stands for the whole service.
create table portal.number_access (
    tenant_id  int not null default tenancy.current_tenant(),
    person_id  bigint not null,
    account_id bigint not null,
    service_id bigint not null,
    number     bigint not null default 0 check (number = 0 or number between 1000000 and 999999999999999),
    primary key (tenant_id, person_id, account_id, service_id, number),
    foreign key (tenant_id, person_id, account_id) references portal.access on delete cascade,
    foreign key (tenant_id, account_id, service_id) references customers.service (tenant_id, account_id, service_id) on delete cascade
);
select installation.protect('portal.number_access');
select installation.audit('portal.number_access');

-- The customer's person on whose behalf this transaction was begun; null for everybody else, to whom the views below show nothing.
create function portal.me() returns bigint
    language sql stable parallel safe
    as $$ select case when a->>'kind' = 'customer' then (a->>'id')::bigint end from (select nullif(current_setting('billing.actor', true), '')::jsonb a) actor $$;

-- What a customer's pages may see. They ask these views and no table, so that what bounds a person stands here and nowhere else.
create view portal.my_account with (security_invoker = true) as
    select a.tenant_id, a.account_id, a.number, a.name, a.payment_method, a.is_itemised, a.vat_number, g.role, g.sees_all_numbers, g.contact_id,
           g.role in ('owner', 'bills') as sees_bills, g.role = 'owner' as keeps_contacts
    from portal.access g
    join customers.account a on a.tenant_id = g.tenant_id and a.account_id = g.account_id
    where g.tenant_id = tenancy.current_tenant() and g.person_id = portal.me();

create view portal.my_service with (security_invoker = true) as
    select s.tenant_id, s.service_id, s.account_id, s.label
    from portal.my_account a
    join customers.service s on s.tenant_id = a.tenant_id and s.account_id = a.account_id
    where a.sees_all_numbers
       or exists (select from portal.number_access n where n.tenant_id = s.tenant_id and n.person_id = portal.me() and n.account_id = s.account_id and n.service_id = s.service_id);

create view portal.my_bill with (security_invoker = true) as
    select i.tenant_id, i.invoice_id, i.account_id, a.number as account_number, a.name as account_name, i.number, i.series, i.sequence, i.invoice_date, i.due_on,
           i.currency, i.net, i.vat, i.gross
    from portal.my_account a
    join invoicing.invoice i on i.tenant_id = a.tenant_id and i.account_id = a.account_id
    where a.sees_bills;

-- A bill's document lists the calls of every number, where bills are itemised: only for those who may see every number.
create view portal.my_document with (security_invoker = true) as
    select d.tenant_id, d.subject, d.media_type, b.invoice_id, b.number
    from portal.my_bill b
    join portal.my_account a on a.tenant_id = b.tenant_id and a.account_id = b.account_id
    join invoicing.invoice i on i.tenant_id = b.tenant_id and i.invoice_id = b.invoice_id
    join delivery.document d on d.tenant_id = b.tenant_id and d.subject = 'invoice/' || b.number
    where a.sees_all_numbers or not coalesce((i.model::jsonb #>> '{usage,is_itemised}')::boolean, false);

create view portal.my_balance with (security_invoker = true) as
    select a.tenant_id, a.account_id, coalesce(sum(p.amount), 0) as owed
    from portal.my_account a
    left join ledger.posting p on p.tenant_id = a.tenant_id and p.account_id = a.account_id
    where a.sees_bills
    group by a.tenant_id, a.account_id;

-- Calls one by one: of accounts that want them itemised, of numbers the person may see, and never what cost nothing - a call to a helpline
-- is nobody else's business. Two parts, because each has an index that gives them in order.
create view portal.my_call with (security_invoker = true) as
    select c.tenant_id, c.file_id, c.line, c.account_id, a.number as account_number, c.service_id, c.started_at, c.direction, c.kind, c.caller, c.called, c.destination,
           c.band, c.seconds, c.quantity, c.charge, c.invoice_id
    from portal.my_account a
    join usage.call c on c.tenant_id = a.tenant_id and c.account_id = a.account_id
    where a.is_itemised and c.state = 'billed' and c.charge <> 0
      and (a.sees_all_numbers or exists (
          select from portal.number_access n
          where n.tenant_id = c.tenant_id and n.person_id = portal.me() and n.account_id = c.account_id and n.service_id = c.service_id
            and (n.number = 0 or case c.direction when 'in' then c.called else c.caller end = '+' || n.number)))
    union all
    select c.tenant_id, c.file_id, c.line, c.account_id, a.number as account_number, c.service_id, c.started_at, c.direction, c.kind, c.caller, c.called, c.destination,
           c.band, c.seconds, c.quantity, c.charge, c.invoice_id
    from portal.my_account a
    join usage.call c on c.tenant_id = a.tenant_id and c.account_id = a.account_id
    where a.is_itemised and c.state = 'open' and c.charge <> 0
      and (a.sees_all_numbers or exists (
          select from portal.number_access n
          where n.tenant_id = c.tenant_id and n.person_id = portal.me() and n.account_id = c.account_id and n.service_id = c.service_id
            and (n.number = 0 or case c.direction when 'in' then c.called else c.caller end = '+' || n.number)));
create index call_of_account on usage.call (tenant_id, account_id, started_at, file_id, line) where state = 'billed';

-- Usage that is on no bill yet, as sums: those also an account without itemised bills may see, as its bill shows them.
create view portal.my_unbilled with (security_invoker = true) as
    select a.tenant_id, a.account_id, c.started_at, c.seconds, c.charge
    from portal.my_account a
    join usage.call c on c.tenant_id = a.tenant_id and c.account_id = a.account_id
    where c.state = 'open'
      and (a.sees_all_numbers or exists (
          select from portal.number_access n
          where n.tenant_id = c.tenant_id and n.person_id = portal.me() and n.account_id = c.account_id and n.service_id = c.service_id
            and (n.number = 0 or case c.direction when 'in' then c.called else c.caller end = '+' || n.number)));

-- Owners see all of an account's contacts, the others themselves.
create view portal.my_contact with (security_invoker = true) as
    select c.tenant_id, c.contact_id, c.account_id, a.number as account_number, c.name, c.email, c.phone, c.is_invoice_recipient, c.version, c.contact_id = a.contact_id as is_me
    from portal.my_account a
    join customers.contact c on c.tenant_id = a.tenant_id and c.account_id = a.account_id
    where a.keeps_contacts or c.contact_id = a.contact_id;

grant execute on function portal.me() to billing_app;
grant select on portal.my_account, portal.my_service, portal.my_bill, portal.my_document, portal.my_balance, portal.my_call, portal.my_unbilled, portal.my_contact to billing_app;

-- A currency and a clock belong to what was billed in them: once there is an invoice, neither changes.
create function portal.hold_currency() returns trigger
    language plpgsql as $$
begin
    if (new.currency, new.time_zone) is distinct from (old.currency, old.time_zone) and exists (select from invoicing.invoice where tenant_id = new.tenant_id) then
        raise exception 'Invoices exist: the currency and the time zone can not change any more.' using errcode = 'check_violation', constraint = 'currency_is_held';
    end if;
    return new;
end $$;
create trigger hold_currency before update of currency, time_zone on tenancy.tenant for each row execute function portal.hold_currency();
