-- What a carrier is expected to send, how often, and by when: whoever plans it hears of files that do not come.
create table usage.arrival_plan (
    tenant_id    int not null default tenancy.current_tenant() references tenancy.tenant,
    plan_id      bigint generated always as identity,
    carrier      text not null check (length(carrier) between 1 and 100),
    label        text not null check (length(label) between 1 and 100),
    every        text not null check (every in ('hourly', 'daily', 'monthly')),
    due_minutes  int not null check (due_minutes between 0 and 44640),     -- after the end of the hour, day or month
    from_on      date not null,                                            -- the first day that is expected
    name_pattern text check (length(name_pattern) <= 500),                 -- names of its files; may have groups 'date' and 'number'
    date_form    text check (length(date_form) <= 40),                     -- how 'date' is written
    version      int not null default 1,
    primary key (tenant_id, plan_id),
    unique (tenant_id, carrier, label),
    check ((date_form is null) or (name_pattern is not null))
);
select installation.protect('usage.arrival_plan', 'select, insert, update, delete');
select installation.audit('usage.arrival_plan');

-- An hour, day or month whose file was late: told of once. Somebody may say that it will not come.
create table usage.late_arrival (
    tenant_id   int not null default tenancy.current_tenant(),
    plan_id     bigint not null,
    slot        timestamptz not null,
    told_at     timestamptz,
    excused_at  timestamptz,
    excused_by  text,
    excused_why text,
    primary key (tenant_id, plan_id, slot),
    foreign key (tenant_id, plan_id) references usage.arrival_plan on delete cascade,
    check ((excused_by is null) = (excused_why is null) and (excused_by is null) = (excused_at is null))
);
select installation.protect('usage.late_arrival', 'select, insert, update, delete');
select installation.audit('usage.late_arrival');

-- How far a carrier's file may be from the ones before it. Off by more, it is held until somebody releases or drops it.
create table usage.volume_guard (
    tenant_id     int not null default tenancy.current_tenant() references tenancy.tenant,
    guard_id      bigint generated always as identity,
    carrier       text not null check (length(carrier) between 1 and 100),
    files         int not null check (files between 1 and 60),             -- so many files before it are its measure
    lines_percent int check (lines_percent between 1 and 100000),
    cost_percent  int check (cost_percent between 1 and 100000),
    price_percent int check (price_percent between 1 and 100000),
    version       int not null default 1,
    primary key (tenant_id, guard_id),
    unique (tenant_id, carrier),
    check (coalesce(lines_percent, cost_percent, price_percent) is not null)
);
select installation.protect('usage.volume_guard', 'select, insert, update, delete');
select installation.audit('usage.volume_guard');
