-- What runs ask of people, and what people said. A row and the audit leaf about it are committed together. A secret that was
-- given is never here: the answer says that one was.

create table questions (
  run text not null references runs (id),
  name text not null,
  -- A secret is lost with the process that was told it: then the same question is asked once more.
  round integer not null default 1,
  question json not null,
  asked_at timestamptz not null,
  answer json,
  -- Who answered, with the way they came.
  actor json,
  primary key (run, name, round),
  check ((answer is null) = (actor is null))
);

create index questions_open on questions (asked_at) where answer is null;
