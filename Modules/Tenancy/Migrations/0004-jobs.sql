-- Work that outlives the request that asked for it: an import, a draft, a posting. The row is written with the business change that wants the work done;
-- who runs it, and when, is the scheduler's affair.
create table tenancy.job (
    tenant_id        int not null default tenancy.current_tenant() references tenancy.tenant,
    job_id           bigint generated always as identity,
    kind             text not null,
    subject          text not null,
    arguments        jsonb not null,
    state            text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    attempt          int not null default 0 check (attempt >= 0),
    done             bigint not null default 0 check (done >= 0),
    total            bigint check (total >= 0),
    message          text,
    failure_code     text,
    actor_kind       text not null check (actor_kind in ('system', 'staff', 'customer', 'api-key', 'support')),
    actor_id         bigint,
    actor_name       text not null,
    may_cancel       boolean not null,
    cancel_requested boolean not null default false,
    requested_at     timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz,
    primary key (tenant_id, job_id),
    check ((state in ('done', 'failed', 'cancelled')) = (finished_at is not null)),
    check ((state = 'failed') = (failure_code is not null)),
    check (state <> 'failed' or message is not null)
);
-- Two people who ask for the same thing at once get one job.
create unique index one_live_job on tenancy.job (tenant_id, kind, subject) where state in ('waiting', 'running');
select installation.protect('tenancy.job', 'select, insert, update');
-- The two functions below run as the owner, and the owner too is bound by the policy above.
create policy installation on tenancy.job to current_user using (true) with check (true);

-- What is to be done on the whole installation, for the scheduler: numbers, nothing of the tenant's.
create function tenancy.live_jobs() returns table (tenant_id int, job_id bigint)
    language sql stable security definer set search_path = tenancy, pg_temp
    as $$ select tenant_id, job_id from tenancy.job where state in ('waiting', 'running') order by requested_at, tenant_id, job_id $$;

-- The operator's list: what runs where and how long, but neither subjects nor messages, which are the tenant's.
create function tenancy.jobs_of_all(most int) returns table (slug text, job_id bigint, kind text, state text, attempt int, done bigint, total bigint,
        failure_code text, requested_at timestamptz, started_at timestamptz, finished_at timestamptz)
    language sql stable security definer set search_path = tenancy, pg_temp
    as $$ select t.slug, j.job_id, j.kind, j.state, j.attempt, j.done, j.total, j.failure_code, j.requested_at, j.started_at, j.finished_at
          from tenancy.job j join tenancy.tenant t using (tenant_id)
          order by j.state in ('waiting', 'running') desc, j.requested_at desc, j.tenant_id, j.job_id desc limit most $$;
revoke all on function tenancy.live_jobs(), tenancy.jobs_of_all(int) from public;
grant execute on function tenancy.live_jobs(), tenancy.jobs_of_all(int) to billing_app;
