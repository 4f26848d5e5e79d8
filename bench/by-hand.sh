#!/usr/bin/env bash
# What `holdfast drill` does, by hand, with the same programs and the same checks: the other side of `npm run bench -- drill`.
# It says how long each part took, in microseconds. `--side-by-side` restores and checks the documents beside the database.
#
# Environment: STORE PASSWORD_FILE DUMP DOCUMENTS FACTS (snapshots) BIN (PostgreSQL's programs) WORK (an empty directory).
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC RESTIC_REPOSITORY=$STORE RESTIC_PASSWORD_FILE=$PASSWORD_FILE

data=$WORK/data dump=$WORK/dump facts=$WORK/facts documents=$WORK/documents log=$WORK/server.log

main() {
  trap clean_up EXIT
  trap 'exit 130' INT TERM
  lap_begun=${EPOCHREALTIME/./}
  if [ "${1:-}" = --side-by-side ]; then
    all fetch_dump fetch_facts fetch_documents
    lap fetch
    check_documents &
    local checking=$!
    restore_and_check_database
    wait "$checking"
    lap documents
  else
    fetch_dump
    fetch_facts
    fetch_documents
    lap fetch
    restore_and_check_database
    check_documents
    lap documents
  fi
  clean_up
  trap - EXIT
  lap removal
}

restore_and_check_database() {
  restore_database
  lap restore
  start_server
  probe
  lap start
  check_database
  lap validate
}

# --- fetch ------------------------------------------------------------------------------------------------------------

fetch_dump() { restic --no-cache --no-lock --quiet restore "$DUMP" --target "$dump" >/dev/null; }
fetch_facts() { restic --no-cache --no-lock --quiet restore "$FACTS" --target "$facts" >/dev/null; }
fetch_documents() { restic --no-cache --no-lock --quiet restore "$DOCUMENTS" --target "$documents" >/dev/null; }

# --- restore ----------------------------------------------------------------------------------------------------------

restore_database() {
  (cd "$dump" && sha256sum --check --quiet --strict SHA256SUMS)
  database=$(cat "$facts/database") superuser=$(cat "$facts/superuser")
  export PGHOST=$WORK PGPORT=5432 PGUSER=$superuser PGCONNECT_TIMEOUT=20 PGOPTIONS='-c client_min_messages=warning'
  "$BIN/initdb" --pgdata="$data" --username="$superuser" --encoding=UTF8 --locale=C --data-checksums --no-sync --auth=trust >/dev/null
  # Nothing to lose while it loads; afterwards everything is written out once.
  start_server -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 \
    -c autovacuum=off -c max_wal_size=8GB -c checkpoint_timeout=1h -c maintenance_work_mem=256MB -c shared_buffers=256MB
  # Every error counts, except that the superuser is there already.
  "$BIN/psql" -Xq --dbname=postgres --file="$dump/globals.sql" 2>"$WORK/globals.err" >/dev/null
  if grep -v 'role ".*" already exists$' "$WORK/globals.err" >&2; then exit 1; fi
  "$BIN/pg_restore" --create --exit-on-error --jobs=2 --no-tablespaces --dbname=postgres "$dump/dump"
  "$BIN/pg_ctl" --pgdata="$data" --silent --mode=fast stop
  "$BIN/initdb" --pgdata="$data" --sync-only >/dev/null
  export PGDATABASE=$database
}

start_server() {
  "$BIN/pg_ctl" --pgdata="$data" --silent --log="$log" --wait \
    --options="-c listen_addresses= -c unix_socket_directories=$WORK -c unix_socket_permissions=0700 -c port=5432 $*" start
}

probe() {
  [ "$(ask 'begin; create schema probe; create table probe.probe (n integer); insert into probe.probe values (1); commit; select n from probe.probe')" = 1 ]
  ask 'drop schema probe cascade'
}

# --- checks of the database -------------------------------------------------------------------------------------------

check_database() {
  same tables <(hash_tables)
  same schema.sql <("$BIN/pg_dump" --schema-only | grep -Ev '^\\(un)?restrict ')
  same sequences <(ask "$sequences")
  same expectations <(ask_each <"$facts/expectations.sql")
  "$BIN/pg_amcheck" --install-missing --heapallindexed --jobs=2 "$PGDATABASE"
  [ "$(ask 'select coalesce(sum(checksum_failures), 0) from pg_stat_database')" = 0 ]
}

sequences='select schemaname, sequencename, last_value from pg_sequences order by 1, 2'

# One statement a line, two lines at once; the rows of a table as text, with every setting pinned that text depends on.
hash_tables() (
  export PGOPTIONS='-c datestyle=ISO,YMD -c intervalstyle=postgres -c timezone=UTC -c extra_float_digits=1 -c bytea_output=hex -c jit=off -c search_path='
  ask "$hash_statements" | xargs --max-procs=2 --max-args=1 --delimiter='\n' "$BIN/psql" -XAtq --command | sort
)

hash_statements="
  select format('select %L, count(*), coalesce(sum(hashtextextended(line, 0)), 0), coalesce(sum(hashtextextended(line, 1)), 0)'
                || ' from (select ROW(%s)::text collate \"C\" as line from only %I.%I t offset 0) lines',
                n.nspname || '.' || c.relname,
                (select string_agg(format('t.%I', a.attname), ', ' order by a.attname collate \"C\") from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
                n.nspname, c.relname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   order by c.relpages desc"

ask() { "$BIN/psql" -XAtq --set=ON_ERROR_STOP=1 --command="$1"; }
ask_each() { "$BIN/psql" -XAtq --set=ON_ERROR_STOP=1; }

# --- checks of the documents ------------------------------------------------------------------------------------------

check_documents() {
  (cd "$documents" && sha256sum --check --quiet --strict "$facts/documents.sha256")
  same documents.stat <(cd "$documents" && describe "$(cat "$facts/documents.root")" | sort)
}

# Kind, mode, size, time and name of everything below a path.
describe() {
  find "$1" \( -type f -printf 'f %m %s %T@ %p\n' \) -o \( -type l -printf 'l %l %p\n' \) -o -printf '%y %m %T@ %p\n'
}

# --- helpers ----------------------------------------------------------------------------------------------------------

# Compares what is found with what was recorded at backup time.
same() {
  cmp -s "$facts/$1" "$2" && return 0
  echo "by-hand: $1 differs from what was recorded" >&2
  exit 1
}

# Runs functions at once; the first that failed fails all.
all() {
  local each pids=()
  for each in "$@"; do
    "$each" &
    pids+=("$!")
  done
  for each in "${pids[@]}"; do wait "$each"; done
}

lap() {
  local now=${EPOCHREALTIME/./}
  echo "$1 $((now - lap_begun))"
  lap_begun=$now
}

clean_up() {
  if [ -f "$data/postmaster.pid" ]; then "$BIN/pg_ctl" --pgdata="$data" --silent --mode=immediate stop || true; fi
  rm -rf "$data" "$dump" "$facts" "$documents" "$log" "$WORK/globals.err"
}

main "$@"
