-- Which tariff prices calls of accounts without one of their own. It was the one with the code 'default'.
alter table rating.tariff add is_default boolean not null default false;
alter table rating.tariff add is_retired boolean not null default false;
alter table rating.tariff add version int not null default 1;
alter table rating.tariff add check (not (is_default and is_retired));
-- The owner sees no tenant's row without a tenant, so its own look past the policy is opened for this one statement.
alter table rating.tariff no force row level security;
update rating.tariff set is_default = true where code = 'default';
alter table rating.tariff force row level security;
create unique index one_default_tariff on rating.tariff (tenant_id) where is_default;

-- An older price list may come back as a newer version. Publishing twice is still publishing once: the same as the latest is no new version.
alter table rating.tariff_version drop constraint tariff_version_tenant_id_tariff_id_hash_key;

-- Who published; the document itself would fill the trail, and its hash says which it was.
alter table rating.tariff_version add published_by text not null default 'Billing';
alter table rating.tariff_version add note text;
select installation.audit('rating.tariff');
select installation.audit('rating.tariff_version', 'document');
