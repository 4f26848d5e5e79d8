-- Notes that people kept on paper or in a file while Holdfast was gone, merged into the record afterwards.
create table notes (
  -- sha256 of site, time, who, where, text, and of which of several such lines it is: a line is merged once.
  id text primary key,
  site text not null,
  -- When it happened, as it was written down; the row's place in the record.
  written_at timestamptz not null,
  merged_at timestamptz not null,
  merged_by text not null,
  who text,
  -- Page or step that it belongs to, in the writer's words.
  place text,
  text text not null,
  -- File that it came from, its hash, and the line in it.
  source text not null,
  source_sha256 text not null,
  line integer not null,
  -- Manifest of the bundle that lay beside it, when it was named.
  bundle_sha256 text
);

create index notes_by_time on notes (site, written_at, line);
