-- A version that was sent in and compared, and that nobody has published yet.
create table rating.tariff_draft (
    tenant_id int not null default tenancy.current_tenant(),
    draft_id  bigint generated always as identity,
    tariff_id bigint not null,
    seen      int not null check (seen > 0),
    document  text not null,
    entered   text,
    rates     int not null,
    added     int not null,
    changed   int not null,
    removed   int not null,
    frame     text[] not null,
    made_at   timestamptz not null,
    made_by   text not null,
    primary key (tenant_id, draft_id),
    foreign key (tenant_id, tariff_id) references rating.tariff
);
create index draft_of_tariff on rating.tariff_draft (tenant_id, tariff_id, draft_id);
select installation.protect('rating.tariff_draft', 'select, insert, delete');
select installation.audit('rating.tariff_draft', 'document', 'entered');
