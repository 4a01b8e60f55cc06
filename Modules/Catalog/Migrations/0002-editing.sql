-- Two people edit the price list; a product that is no longer sold stays for what was sold before.
alter table catalog.product add version int not null default 1;
alter table catalog.product add retired_on date;
select installation.audit('catalog.product');
