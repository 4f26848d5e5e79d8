import { expect, it } from 'vitest';
import { toolOf } from './tool-of.ts';

it.each([
  ['pgbackrest --stanza=ledger info', 'pgbackrest'],
  ['$ sudo -u postgres /usr/bin/pg_ctl stop', '/usr/bin/pg_ctl'],
  ['# first look\n\nPGHOST=/tmp env LC_ALL=C psql -c "select 1"', 'psql'],
  ['  python3.11 x.py', 'python3.11'],
  ['sudo -n systemctl stop x', 'systemctl'],
])('the tool of %j is %s', (command, tool) => {
  expect(toolOf(command)).toBe(tool);
});

it.each([
  '',
  'for f in *; do rm $f; done',
  'cd /srv',
  '"$TOOL" x',
  '$(which x) y',
  '{ true; }',
  './wipe.sh now',
  '/srv/$(x)/y',
])('a shell word or what is only known when it runs is no tool: %j', (command) => {
  expect(toolOf(command)).toBeUndefined();
});
