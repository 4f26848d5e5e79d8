-- Names given to recovery points, before there is anything to name: of two backups of an asset in one second each gets its own.

create table point_names (
  site text not null,
  id text not null,
  -- The run that the name was given to. Asking again, as a step does after a crash, gives the same one.
  run text not null unique,
  primary key (site, id)
);
