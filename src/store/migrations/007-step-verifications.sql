-- What became of a runbook's steps when they ran, by the hash of the step: an edit makes another step of it. A step counts as
-- verified by its newest record, on every target of that run. Rows are only added.
create table step_verifications (
  run text not null,
  -- Place of the step in the outcome of its run.
  position integer not null,
  target text not null,
  site text not null,
  runbook text not null,
  step text not null,
  -- sha256 of the step as the runbook has it.
  hash text not null,
  by text not null check (by in ('run', 'drill')),
  -- Exit status was seen and expected. False: it ran and failed.
  verified boolean not null,
  at timestamptz not null,
  -- Of the whole step, without waiting for people.
  duration_ms double precision not null,
  -- The program that the command begins with, and its version on that target, where they were asked for.
  tool text,
  tool_version text,
  primary key (run, position, target)
);

create index step_verifications_by_hash on step_verifications (hash, at desc);
create index step_verifications_by_step on step_verifications (site, runbook, step);
create index step_verifications_by_tool on step_verifications (site, target, tool, at desc) where tool_version is not null;
