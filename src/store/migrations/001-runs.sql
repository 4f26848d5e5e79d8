-- Runs and their steps. DBOS keeps how far each workflow came (schema dbos); these are the records that people and the audit
-- log rely on. A row here and the audit leaf about it are committed together. All tables are in the schema holdfast.

create sequence executors as integer;

create table runs (
  id text primary key,
  -- The run that started this one as a branch; null for a run that a person started.
  parent text references runs (id),
  -- The run that a person started: itself or the one at the top.
  root text not null,
  operation text not null,
  site text not null,
  actor jsonb not null,
  -- Number of the process that runs it: alive as long as that process holds the advisory lock of this number.
  executor integer not null,
  status text not null default 'running' check (status in ('running', 'succeeded', 'failed', 'cancelled')),
  started_at timestamptz not null,
  finished_at timestamptz,
  -- Somebody asked for it to be cancelled; its process acts on it.
  cancel_requested_at timestamptz,
  output jsonb,
  error jsonb,
  check ((status = 'running') = (finished_at is null))
);

create index runs_by_start on runs (started_at desc) where parent is null;
create index runs_by_root on runs (root);

create table steps (
  run text not null references runs (id),
  name text not null,
  status text not null check (status in ('succeeded', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  duration_ms double precision not null,
  summary text not null,
  result jsonb,
  error jsonb,
  primary key (run, name)
);
