-- The price list and one-off charges come from files too.
alter table onboarding.import drop constraint import_kind_check;
alter table onboarding.import add constraint import_kind_check check (kind in ('customers', 'sites', 'numbers', 'products', 'charges', 'one-offs', 'rates'));
alter table onboarding.import_change drop constraint import_change_subject_check;
alter table onboarding.import_change add constraint import_change_subject_check
    check (subject in ('account', 'contact', 'site', 'service', 'assignment', 'product', 'subscription', 'one_off', 'tariff'));
