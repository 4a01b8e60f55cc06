-- What two people edit carries a version: a write names the one it read, and finds no row when somebody was quicker.
alter table customers.account add version int not null default 1;
alter table customers.site add version int not null default 1;
alter table customers.contact add version int not null default 1;
alter table customers.service add version int not null default 1;
alter table customers.assignment add version int not null default 1;
alter table customers.subscription add version int not null default 1;
alter table customers.one_off_charge add version int not null default 1;

-- A new price or quantity is a new slice that follows the old one; neither is edited once it was charged.
alter table customers.subscription add follows_id bigint;
alter table customers.subscription add foreign key (tenant_id, follows_id) references customers.subscription;
create unique index one_follower on customers.subscription (tenant_id, follows_id) where follows_id is not null;

select installation.audit('customers.account');
select installation.audit('customers.site');
select installation.audit('customers.contact');
select installation.audit('customers.service');
select installation.audit('customers.assignment');
select installation.audit('customers.subscription');
select installation.audit('customers.one_off_charge');
