-- What was delivered long ago goes, and the event with its last delivery; the audit trail has what happened.
grant delete on api.event to billing_app;
create index event_by_age on api.event (tenant_id, happened_at);
create index delivery_of_event on api.delivery (tenant_id, event_id);
