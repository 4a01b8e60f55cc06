-- So that others can name a contact or a service together with the account it is of, and never one of another account.
alter table customers.contact add unique (tenant_id, account_id, contact_id);
alter table customers.service add unique (tenant_id, account_id, service_id);
