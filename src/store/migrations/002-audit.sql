-- Leaves of the audit log in their one order. The files under <data>/audit are the published record; this is the sequencer.
create table audit_leaves (
  index bigint primary key,
  -- A replayed step names the same key and adds nothing.
  key text unique,
  -- Canonical JSON: its UTF-8 bytes are the entry in the tree.
  entry text not null,
  appended_at timestamptz not null default now()
);

-- Whoever appends updates this one row and so holds the turn until commit: no gaps, and the order is that of commits.
create table audit_head (
  single boolean primary key default true check (single),
  size bigint not null
);
insert into audit_head (size) values (0);

-- What was signed last, kept apart from the files: a log put back to an older state is noticed.
create table audit_checkpoints (
  size bigint primary key,
  -- The signed text; it holds size and root again.
  note text not null,
  published_at timestamptz not null default now()
);

create function audit_append(leaf_key text, leaf_entry text) returns bigint
  language plpgsql
  set lock_timeout = '30s'
as $$
declare
  place bigint;
begin
  select index into place from audit_leaves where key = leaf_key;
  if found then
    return place;
  end if;
  perform 1 from audit_head for update;
  -- Somebody with the same key may have had the turn before.
  select index into place from audit_leaves where key = leaf_key;
  if found then
    return place;
  end if;
  update audit_head set size = size + 1 returning size - 1 into place;
  insert into audit_leaves (index, key, entry) values (place, leaf_key, leaf_entry);
  return place;
end
$$;

create function audit_refuse_change() returns trigger
  language plpgsql
as $$
begin
  raise exception 'the audit log is only ever added to';
end
$$;

create trigger audit_leaves_only_grow before update or delete or truncate on audit_leaves
  for each statement execute function audit_refuse_change();
