-- What anybody says to a question that waits, an AI assistant too: for whoever decides. It answers nothing.

create table question_notes (
  run text not null references runs (id),
  name text not null,
  position integer generated always as identity primary key,
  note text not null,
  actor json not null,
  noted_at timestamptz not null
);

create index question_notes_by_question on question_notes (run, name);
