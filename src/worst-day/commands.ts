import type { SecretRef } from '../config/site.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { MessageKey } from './messages/catalogue.ts';
import type { AssetPicture, StorePicture } from './picture.ts';

/** One block of commands to copy, and the message that says what it is for. */
export interface CommandBlock {
  readonly name: 'place' | 'password' | 'choose' | 'fetch' | 'sums' | 'server' | 'load' | 'compare' | 'serve' | 'put';
  readonly says: Extract<MessageKey, `do${Capitalize<string>}`>;
  /** For bash and zsh; each block goes on where the one before ended, in the same terminal. */
  readonly shell: string;
}

/**
 * The commands that bring one asset back from one store with restic and PostgreSQL's programs alone. They follow what
 * `protection` and the engines really write: two snapshots a recovery point, told apart by their tags; a dump directory
 * with globals.sql and SHA256SUMS; facts.json. Nothing in them is secret.
 */
export function restoreBlocks(site: string, asset: AssetPicture, store: StorePicture): readonly CommandBlock[] {
  const common: CommandBlock[] = [
    { name: 'place', says: 'doPlace', shell: placeShell(store) },
    { name: 'password', says: 'doPassword', shell: passwordShell(store.password) },
    { name: 'choose', says: 'doChoose', shell: chooseShell(site, asset.name) },
    { name: 'fetch', says: 'doFetch', shell: fetchShell },
  ];
  return [...common, ...(asset.kind === 'postgres' ? postgresBlocks(asset) : filesBlocks(asset))];
}

/**
 * Takes the password from where the site file says, else from the keyboard. A block of its own: restic would ask in the middle of
 * another, and take the next line that is pasted for the answer.
 */
function passwordShell(ref: SecretRef): string {
  return [
    `export RESTIC_PASSWORD="${secretText(ref)}"`,
    'if [ -z "$RESTIC_PASSWORD" ]; then',
    "  printf 'Password: '; stty -echo; IFS= read -r RESTIC_PASSWORD; stty echo",
    'fi',
  ].join('\n');
}

/** What the shell puts in place of a secret; nothing where it is not there. Never the secret itself. */
function secretText(ref: SecretRef): string {
  if ('file' in ref) return `$(head -n 1 ${shellWord(ref.file)} 2> /dev/null | tr -d '\\r')`;
  if ('command' in ref) return `$(${ref.command.map(shellWord).join(' ')} | head -n 1)`;
  // Any other name is none that a shell could look up, and would be read as commands.
  return /^[A-Za-z_]\w*$/.test(ref.env) ? `\${${ref.env}:-}` : '';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function placeShell(store: StorePicture): string {
  return [
    'umask 077',
    'WORK="$(mktemp -d "$HOME/holdfast-restore-XXXXXX")"; echo "$WORK"',
    `export RESTIC_REPOSITORY=${quoted(store.repository)}`,
  ].join('\n');
}

/** The facts come last when a recovery point is made: only what has them is one. Its name sorts by time. */
function chooseShell(site: string, asset: string): string {
  return [
    `TAGS=${quoted(`holdfast=1,site=${site},asset=${asset}`)}`,
    'restic snapshots --no-lock --host=holdfast --tag="$TAGS,part=facts"',
    'POINT="$(restic snapshots --no-lock --json --host=holdfast --tag="$TAGS,part=facts" |',
    `  grep -o 'point=[^"]*' | sort | tail -n 1 | cut -d = -f 2-)"; echo "$POINT"`,
  ].join('\n');
}

const fetchShell = ['facts', 'data']
  .map(
    (part) =>
      `restic restore latest --no-lock --verify --host=holdfast \\\n  --tag="$TAGS,point=$POINT,part=${part}" --target="$WORK/${part}"`,
  )
  .join(' &&\n');

function postgresBlocks(asset: AssetPicture): CommandBlock[] {
  const cluster = asset.postgres?.cluster;
  return [
    {
      name: 'sums',
      says: 'doSumsPostgres',
      shell: `(cd "$WORK/data" && sha256sum --check --quiet SHA256SUMS) && echo OK\nsha256sum "$WORK/facts/facts.json"`,
    },
    { name: 'server', says: 'doServer', shell: serverShell },
    { name: 'load', says: 'doLoad', shell: loadShell },
    { name: 'compare', says: 'doCompare', shell: compareShell },
    ...(cluster === undefined
      ? []
      : [{ name: 'serve' as const, says: 'doServe' as const, shell: serveShell(cluster) }]),
  ];
}

/** Names of the superuser and of the database stand in the facts. The socket lies in a directory of one's own. */
const serverShell = `INITDB="$(find -L /usr/lib/postgresql /opt/homebrew/opt /usr/local/opt -maxdepth 3 \\
  -name initdb 2> /dev/null | sort -V | tail -n 1)"
PATH="\${INITDB:+$(dirname "$INITDB"):}$PATH"
fact() { grep -o "\\"$1\\":\\"[^\\"\\\\\\\\]*\\"" "$WORK/facts/facts.json" | head -n 1 | cut -d '"' -f 4; }
export PGUSER="$(fact superuser)" DATABASE="$(fact database)"; echo "$PGUSER" "$DATABASE"
initdb --pgdata="$WORK/server" --username="$PGUSER" --encoding=UTF8 --locale=C \\
  --data-checksums --auth-local=trust --auth-host=scram-sha-256
pg_ctl --pgdata="$WORK/server" --log="$WORK/server.log" --wait start \\
  --options="-c listen_addresses='' -c unix_socket_directories='$WORK' -c port=5432"
export PGHOST="$WORK" PGPORT=5432`;

/** globals.sql makes every role, the one that initdb made too: that it exists already is no trouble. */
const loadShell = `psql --no-psqlrc --quiet --dbname=postgres --file="$WORK/data/globals.sql"
pg_restore --create --exit-on-error --no-tablespaces --jobs=2 \\
  --dbname=postgres "$WORK/data/dump" && echo OK`;

const compareShell = `tr '{' '\\n' < "$WORK/facts/facts.json" |
  sed -n 's/^"schema":"\\([^"\\\\]*\\)","table":"\\([^"\\\\]*\\)","rows":\\([0-9]*\\),.*/\\1.\\2|\\3/p' \\
  > "$WORK/expected"
psql --no-psqlrc --no-align --tuples-only --dbname="$DATABASE" > "$WORK/found" <<'SQL'
select format('select %L, count(*) from %I.%I', n.nspname || '.' || c.relname, n.nspname, c.relname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' \\gexec
SQL
wc -l < "$WORK/expected"
grep -vxFf "$WORK/found" "$WORK/expected" || echo OK`;

function serveShell(cluster: NonNullable<NonNullable<AssetPicture['postgres']>['cluster']>): string {
  const data = quoted(cluster.data);
  const socket = cluster.socket === undefined ? '' : ` -c unix_socket_directories=${inOptions(cluster.socket)}`;
  return [
    'pg_ctl --pgdata="$WORK/server" --mode=fast --wait stop',
    `printf '%s\\n' 'local all all scram-sha-256' 'host all all 127.0.0.1/32 scram-sha-256' \\`,
    `  'host all all ::1/128 scram-sha-256' > "$WORK/server/pg_hba.conf"`,
    `if [ -e ${data} ]; then`,
    `  echo ${quoted(`${cluster.data} is there already: move it aside, never delete it`)}; false`,
    'else',
    `  mkdir -p "$(dirname ${data})" && mv "$WORK/server" ${data} &&`,
    `  pg_ctl --pgdata=${data} --log="$WORK/server.log" --wait start \\`,
    `    --options="-c listen_addresses='' -c port=${cluster.port}${socket}"`,
    'fi',
  ].join('\n');
}

/** A path between single quotes, itself between double quotes: pg_ctl hands the options to a shell. */
function inOptions(path: string): string {
  return quoted(path).replaceAll(/["$`\\]/g, (character) => `\\${character}`);
}

function filesBlocks(asset: AssetPicture): CommandBlock[] {
  return [
    { name: 'sums', says: 'doSumsFiles', shell: sumsOfFiles },
    { name: 'put', says: 'doPut', shell: asset.paths.map(putShell).join('\n') },
  ];
}

/** Each file's hash stands in the facts. Files that changed while they were backed up have none that can be compared. */
const sumsOfFiles = `tr '{' '\\n' < "$WORK/facts/facts.json" | sed -n -e '/"unstable":true/d' \\
  -e 's/^"path":"\\([^"\\\\]*\\)","kind":"file",.*"sha256":"\\([0-9a-f]\\{64\\}\\)".*/\\2  .\\1/p' \\
  > "$WORK/SHA256SUMS"
wc -l < "$WORK/SHA256SUMS"
(cd "$WORK/data" && sha256sum --check --quiet "$WORK/SHA256SUMS") && echo OK
sha256sum "$WORK/facts/facts.json"`;

function putShell(path: string): string {
  const root = quoted(path);
  return [
    `if [ -n "$(ls -A ${root} 2> /dev/null)" ]; then`,
    `  echo ${quoted(`${path} is not empty: move it aside, never delete it`)}; false`,
    'else',
    `  mkdir -p ${root} && cp -a "$WORK/data"${root}/. ${root}/ && echo OK`,
    'fi',
  ].join('\n');
}
