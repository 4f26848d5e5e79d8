-- Recovery points, where their copies lie, and what proved them.
create table recovery_points (
  site text not null,
  id text not null,
  asset text not null,
  kind text not null check (kind in ('postgres', 'files')),
  engine text not null,
  taken_at timestamptz not null,
  bytes bigint not null,
  files bigint not null,
  -- Rows of a database; null for files. A sharp shrink is judged by bytes, rows and files.
  rows bigint,
  facts_sha256 text not null,
  run text not null,
  primary key (site, id)
);

create index recovery_points_by_asset on recovery_points (site, asset, taken_at desc);

create table copies (
  site text not null,
  point text not null,
  store text not null,
  tier text not null,
  data_snapshot text not null,
  facts_snapshot text not null,
  made_at timestamptz not null,
  primary key (site, point, store),
  foreign key (site, point) references recovery_points (site, id)
);

create table proofs (
  run text not null,
  site text not null,
  point text not null,
  store text not null,
  verdict text not null check (verdict in ('PROVEN', 'FAILED', 'COULD NOT VERIFY')),
  isolation text not null,
  negative_control boolean not null,
  proved_at timestamptz not null,
  evidence text not null,
  primary key (run, site, point)
);

create index proofs_by_point on proofs (site, point, proved_at desc);

-- Rows of an asset's audit table, copied off it while it was up. Who, what, where and when; never the data itself.
create table audit_tail (
  site text not null,
  asset text not null,
  key text not null,
  ts timestamptz not null,
  actor text not null,
  op text not null,
  table_name text not null,
  primary key (site, asset, key)
);

create index audit_tail_by_time on audit_tail (site, asset, ts);

-- When an asset was last seen alive, and for files how they differed from the newest recovery point then.
create table sightings (
  site text not null,
  asset text not null,
  seen_at timestamptz not null,
  files jsonb,
  primary key (site, asset)
);
