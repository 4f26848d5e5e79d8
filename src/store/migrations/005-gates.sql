-- Who may decide here, which gates are open, and who agreed to what. A row and the audit leaf about it are committed together.

-- The authority policy in force of each site: what was accepted, not what the site file says now.
create table authority (
  site text primary key,
  policy json not null,
  sha256 text not null,
  mode text not null check (mode in ('solo', 'team')),
  accepted_at timestamptz not null,
  accepted_by text not null,
  -- Of the people who accepted it, where it weakened the one before.
  signatures json not null
);

-- A weaker policy that waits for a second person.
create table authority_proposals (
  id text primary key,
  site text not null,
  -- What the signatures are over.
  text text not null,
  signatures json not null,
  expires_at timestamptz not null
);

create table openings (
  id text primary key,
  site text not null,
  gate text not null,
  -- All that its owner agreed to.
  opening json not null,
  signatures json not null,
  -- False for a glass that only one of two people has broken.
  complete boolean not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  close_reason text
);

create index openings_by_gate on openings (site, gate, expires_at) where closed_at is null;

create table approvals (
  id text primary key,
  site text not null,
  -- Empty for one that was asked for ahead; the first step that it fits takes it.
  run text not null,
  ahead boolean not null,
  step text not null,
  -- sha256 of all that was shown to those who agree. Another one is another thing.
  binding text not null,
  target text not null,
  effects json not null,
  subject json not null,
  requirements json not null,
  requested_by text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('waiting', 'granted', 'denied', 'expired', 'void'))
);

create index approvals_by_step on approvals (run, step);
create index approvals_open on approvals (site, requested_at) where state in ('waiting', 'granted');

create table approval_votes (
  approval text not null references approvals (id),
  -- A person has one vote, whatever keys and ways they have.
  voter text not null,
  kind text not null,
  at timestamptz not null,
  grants boolean not null,
  reason text not null,
  key text,
  signature text,
  primary key (approval, voter, grants)
);

-- What people are to be told at once. Channels will send it; until there are some it is shown where it happens.
create table pages (
  id text primary key,
  site text not null,
  recipients json not null,
  message text not null,
  created_at timestamptz not null,
  sent_at timestamptz
);
