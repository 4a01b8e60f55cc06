-- What the company page of the settings changes besides what was there: two people may edit it at once.
alter table tenancy.tenant
    add column version int not null default 1,
    -- Days to pay that a new account starts with.
    add column payment_days int not null default 14 check (payment_days between 0 and 365),
    -- What customers are told about their data, in the reseller's words; without it the portal says what the law says.
    add column privacy_note text,
    add constraint currency_is_a_code check (currency ~ '^[A-Z]{3}$'),
    add constraint country_is_a_code check (country ~ '^[A-Z]{2}$');
