-- A chunk of a run asks for its accounts only, a page for one; without this each would read every invoice there is.
create index invoice_of_account on invoicing.invoice (tenant_id, account_id);
