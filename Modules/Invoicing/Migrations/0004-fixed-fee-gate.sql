-- A fifth check, for tenants whose carriers send files of recurring charges: that what could not be matched in them was looked at.
alter table invoicing.confirmation
    drop constraint confirmation_gate_check,
    add constraint confirmation_gate_check check (gate in ('payments', 'cdrs-processed', 'errors-checked', 'fixed-fee-errors-checked', 'pre-billing-report'));
