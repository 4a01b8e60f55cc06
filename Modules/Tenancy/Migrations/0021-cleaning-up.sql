-- Sign-ins and links that are over go; the audit trail has who came in, from where and when, and who was sent a link.
grant delete on tenancy.session, tenancy.one_time_link to billing_app;
