-- Months replayed through drafts of tariffs: what was asked, and what it came to. Nothing here prices or bills a call.
create table usage.what_if (
    tenant_id   int not null default tenancy.current_tenant() references tenancy.tenant,
    what_if_id  bigint generated always as identity,
    name        text not null check (length(name) between 1 and 100),
    from_on     date not null,
    months      int not null check (months between 1 and 24),
    moves       jsonb not null,
    asked_by    text not null,
    asked_at    timestamptz not null,
    finished_at timestamptz,
    primary key (tenant_id, what_if_id)
);
select installation.protect('usage.what_if', 'select, insert, update, delete');
select installation.audit('usage.what_if');

-- A draft is kept whole, as it was read when it was asked for: a tariff that is published meanwhile does not change the question.
create table usage.what_if_draft (
    tenant_id  int not null default tenancy.current_tenant(),
    what_if_id bigint not null,
    place      int not null check (place > 0),
    tariff     text not null,
    document   text not null,
    percent    numeric,
    version    int,
    primary key (tenant_id, what_if_id, place),
    foreign key (tenant_id, what_if_id) references usage.what_if on delete cascade
);
select installation.protect('usage.what_if_draft', 'select, insert, delete');
select installation.audit('usage.what_if_draft', 'document');

-- What it came to: of all calls, and by month, account and destination. Written once by the job that replays, and anew when it is replayed again.
create table usage.what_if_figure (
    tenant_id         int not null default tenancy.current_tenant(),
    what_if_id        bigint not null,
    of_what           text not null check (of_what in ('total', 'month', 'account', 'destination')),
    place             int not null check (place > 0),
    month             date,
    account_id        bigint,
    share             numeric(6, 1),
    kind              text check (kind in ('voice', 'sms', 'data')),
    destination       text,
    months            int,
    calls             bigint not null,
    seconds           bigint not null,
    charged           numeric(24, 6) not null,
    revenue_before    numeric(24, 6) not null,
    revenue_after     numeric(24, 6) not null,
    cost              numeric(24, 6) not null,
    without_cost      bigint not null,
    priced_otherwise  bigint not null,
    charged_otherwise bigint not null,
    lost              bigint not null,
    lost_worth        numeric(24, 6) not null,
    gained            bigint not null,
    gained_worth      numeric(24, 6) not null,
    unrated           bigint not null,
    primary key (tenant_id, what_if_id, of_what, place),
    foreign key (tenant_id, what_if_id) references usage.what_if on delete cascade,
    check ((of_what = 'month') = (month is not null)),
    check ((of_what = 'account') = (account_id is not null and months is not null)),
    check ((of_what = 'destination') = (kind is not null))
);
select installation.protect('usage.what_if_figure', 'select, insert, delete');

-- Why calls have no price with the change; and, without a place among the files, those that were not replayed.
create table usage.what_if_cause (
    tenant_id   int not null default tenancy.current_tenant(),
    what_if_id  bigint not null,
    place       int not null check (place > 0),
    code        text not null,
    tariff      text,
    destination text,
    message     text,
    file_id     bigint,
    line        bigint,
    calls       bigint not null,
    worth       numeric(24, 6) not null,
    primary key (tenant_id, what_if_id, place),
    foreign key (tenant_id, what_if_id) references usage.what_if on delete cascade,
    check ((message is null) = (file_id is null) and (file_id is null) = (line is null))
);
select installation.protect('usage.what_if_cause', 'select, insert, delete');
