-- Runs and their steps. DBOS keeps what it needs to bring a workflow back (schema dbos); these are the records that Holdfast
-- itself relies on. A row here and the audit leaf about it are committed together. All tables are in the schema holdfast.

create sequence executors as integer;

create table runs (
  id text primary key,
  -- The run that a person started: this one, or the one that it is a branch of.
  root text not null references runs (id),
  operation text not null,
  site text not null,
  actor json not null,
  input json not null,
  -- Number of the process that runs it: alive as long as that process holds the advisory lock of this number.
  executor integer not null,
  status text not null default 'running' check (status in ('running', 'succeeded', 'failed', 'cancelled')),
  started_at timestamptz not null,
  finished_at timestamptz,
  -- Somebody asked for it to be cancelled; its process acts on it.
  cancel_requested_at timestamptz,
  output json,
  error json,
  check ((status = 'running') = (finished_at is null))
);

create index runs_by_start on runs (started_at desc) where id = root;
create index runs_by_root on runs (root);

-- A finished step. Once the row is there the step is never done again. json, not jsonb: it keeps a result as it was written.
create table steps (
  run text not null references runs (id),
  name text not null,
  position integer generated always as identity,
  status text not null check (status in ('succeeded', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  duration_ms double precision not null,
  summary text not null,
  result json,
  error json,
  primary key (run, name)
);
