-- An account's calls that wait for a bill. By account alone it is half as dear to build: the ids of accounts are the installation's own, so the tenant in front told nothing
-- apart, and comparing two columns that are alike before the third was most of the sorting. Nearly all that an account has open is billed at once, so the time told little.
drop index usage.call_to_bill;
create index call_to_bill on usage.call (account_id) where state = 'open';

-- The menu of every page asks whether there is any.
create index cdr_file_recurring on usage.cdr_file (tenant_id) where kind = 'recurring';
