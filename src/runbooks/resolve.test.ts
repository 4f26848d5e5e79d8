import { beforeAll, describe, expect, it } from 'vitest';
import { prepareEffects } from '../effects/explain.ts';
import { effectsOf, resolveStep } from './resolve.ts';

beforeAll(prepareEffects);

function sh(text: string, values: Readonly<Record<string, string>>) {
  return resolveStep({ text, language: 'sh' }, new Map(Object.entries(values)));
}

function sql(text: string, values: Readonly<Record<string, string>>) {
  return resolveStep({ text, language: 'sql' }, new Map(Object.entries(values)));
}

describe('a step with its values', () => {
  it('takes plain values without quotes, others in quotes, each where it stands', () => {
    expect(
      sh('restore --customer <customer> --as-of <when>', { customer: 'clinic', when: '2026-11-20 02:00' }),
    ).toEqual({
      command: "restore --customer clinic --as-of '2026-11-20 02:00'",
      env: {},
      missing: [],
      problems: [],
    });
  });

  it('gives shell variables to the environment and leaves the text alone', () => {
    const text = 'psql -h $DB_HOST -d "${DB_NAME}" -c "select 1"';
    expect(sh(text, { DB_HOST: 'db1', DB_NAME: 'ledger' })).toEqual({
      command: text,
      env: { DB_HOST: 'db1', DB_NAME: 'ledger' },
      missing: [],
      problems: [],
    });
  });

  it('names what has no value, but not what has a default', () => {
    expect(sh('deploy <service> $REGION ${TIER:-cold}', {})).toMatchObject({
      missing: ['service', 'REGION'],
      problems: [],
    });
  });

  it('leaves what it sets itself, and what stands in a comment, as it is', () => {
    const text = 'NAME=a; echo "$NAME" # of <x>\n# and <y>\nls';
    expect(sh(text, { NAME: 'b', y: 'q' })).toMatchObject({ env: {}, missing: ['x'] });
    expect(sh(text, { x: 'a\nrm -rf /', y: 'q' }).command).toBe('NAME=a; echo "$NAME" # of a rm -rf /\n# and <y>\nls');
  });
});

describe('a value that would do harm', () => {
  it.each([
    ['ssh host "systemctl restart <x>"', 'a; rm -rf /'],
    ['ssh <x> uptime', 'a b'],
    ['ssh host rm -r /srv/<x>', 'a $(id)'],
    ["bash -c 'ls <x>'", "a'; id; '"],
    ['docker exec c sh -c "cat <x>"', '$(id)'],
    ['kubectl exec pod-0 -- bash -c "ls <x>"', 'a;id'],
    ['sudo su - postgres -c "psql -c \\"select <x>\\""', '1; drop table t'],
    ['psql -c "select \'<x>\'"', "a'; drop table t; --"],
    ['mysql -e "use <x>"', 'a; drop database b'],
    ['eval "ls <x>"', '$(id)'],
    ['watch "ls <x>"', 'a;id'],
    ['echo <x> | sh', '; id'],
    ['echo "<x>" | ssh host', 'a b'],
    ['echo <x> | xargs rm', 'a b'],
    ['bash <<< "<x>"', 'id; id'],
    ['ssh host <<EOF\nls <x>\nEOF', 'a; id'],
    ['psql <<EOF\nselect <x>;\nEOF', '1; drop table t'],
    ['CMD="<x>"; ssh host "$CMD"', 'a; id'],
    ['for h in <x>; do ssh "$h" uptime; done', 'a; id'],
    ['f() { ssh h "$1"; }; f <x>', 'a; id'],
    ['echo "rm <x>" > a.sh; sh a.sh', 'a; id'],
    ['sed -i "s/old/<x>/" f', 'a/e; #'],
    ['awk \'{print "<x>"}\' f', '"; system("id"); "'],
    ['tool run "restart <x> now"', 'a; id'],
    ['ls `echo <x>`', '$(id)'],
    ['ls \\{{x}}', 'a*b'],
    ['echo ${A:-<x>}', '$(id)'],
    ['[[ <x> -eq 1 ]] && ls', 'a[$(id)]'],
    ['echo $((<x> + 1))', 'a[$(id)]'],
    ['echo $((<x> + 1))', '010'],
    ['<x>=1 ls', 'LD PRELOAD'],
    ['echo ${{x}}', 'HOME'],
    ['rm {<x>,b}', '/,c'],
    ['psql -c "delete from t where id = <x>"', 'tenant'],
    ['psql -c "delete from t where id = <x> and b = 2"', '1--'],
    ['ssh h "psql -c \\"select \'<x>\'\\""', 'a--'],
    ['unset <x>', 'a[$(id)]'],
    ['read <x>', 'a[$(id)]'],
    ['[[ -v <x> ]]', 'a[$(id)]'],
    ['[ -v <x> ]', 'a[$(id)]'],
    ['printf -v <x> 1', 'a[$(id)]'],
    ['echo "export A=<x>" >> ~/.bashrc', '$(id)'],
    ['cat > /usr/local/bin/run <<EOF\n#!/bin/sh\nls <x>\nEOF', '; id'],
    ['cat > /etc/cron.d/job <<EOF\n* * * * * root ls <x>\nEOF', '; id'],
    ['echo "<x>" | sudo tee /etc/sudoers.d/x', 'a ALL=(ALL) ALL'],
  ])('is refused in %s', (text, x) => {
    const { problems, command } = sh(text, { x });
    expect(problems).not.toEqual([]);
    expect(command).not.toContain(x);
    expect(problems.join()).not.toContain(x);
  });

  it.each(['ssh host "systemctl restart <x>"', 'psql -c "select \'<x>\'"', 'echo <x> | sh', 'ssh <x> uptime'])(
    'is taken when it is plain: %s',
    (text) => {
      const { problems, command } = sh(text, { x: 'api-2.example.com' });
      expect(problems).toEqual([]);
      expect(command).toBe(text.replace('<x>', 'api-2.example.com'));
    },
  );

  it('begins with a dash: refused as a word, taken inside one', () => {
    for (const text of ['rm <x>', 'rm "<x>"', "rm '<x>'", 'ssh <x>-host ls'])
      expect(sh(text, { x: '-rf' }).problems, text).not.toEqual([]);
    expect(sh('ls a<x>', { x: '-rf' })).toMatchObject({ command: 'ls a-rf', problems: [] });
  });

  it('is empty: refused, as the word would be gone', () => {
    expect(sh('rm -rf /data/<x>', { x: '' }).problems).not.toEqual([]);
  });

  it('is a word that the shell knows: it stays the name of a command', () => {
    expect(sh('<x> a', { x: 'if' })).toMatchObject({ command: "'if' a", problems: [] });
  });

  it('is a number where SQL compares, a name where it has names', () => {
    expect(sh('psql -c "select pg_cancel_backend(PID)"', { PID: '4711' })).toMatchObject({ problems: [] });
    expect(
      sh('psql -d <db> -c "delete from <t> where id = <n>"', { db: 'ledger', t: 'entries', n: '42' }),
    ).toMatchObject({
      command: 'psql -d ledger -c "delete from entries where id = 42"',
      problems: [],
    });
    expect(sql('delete from <t> where id = <n>', { t: 'public.entries', n: '42' })).toMatchObject({ problems: [] });
  });
});

describe('a shell variable with a value that would do harm', () => {
  it.each([
    ['ssh host "rm $X"', 'a; id'],
    ['ssh $X uptime', '-oProxyCommand=id'],
    ['bash -c "ls $X"', '$(id)'],
    ['psql -c "select $X"', '1; drop table t'],
    ['rm -r $X', 'a b'],
    ['rm -r $X', '*'],
    ['rm "$X"', '-rf'],
    ['echo $((X + 1))', 'a[$(id)]'],
    ['[[ $X -eq 1 ]] && ls', 'a[$(id)]'],
    ['Y=$X; ssh host "ls $Y"', 'a; id'],
    ['echo "$X" | sh', 'id; id'],
    ['psql -c "delete from t where id = $X and b = 2"', '1--'],
    ['unset "$X"', 'a[$(id)]'],
    ['vault operator unseal ${KEYS[1]}', 'a'],
  ])('is refused in %s', (text, value) => {
    const name = text.includes('KEYS') ? 'KEYS' : 'X';
    expect(sh(text, { [name]: value }).problems).not.toEqual([]);
  });

  it('is taken in quotes, whatever it holds', () => {
    expect(sh('printf %s "$X"', { X: 'a; $(id) "b"' })).toMatchObject({ env: { X: 'a; $(id) "b"' }, problems: [] });
  });

  it('may not change how programs start', () => {
    expect(sh('ls "$LD_PRELOAD"', { LD_PRELOAD: '/tmp/x.so' }).problems).not.toEqual([]);
  });
});

describe('SQL with its values', () => {
  it('keeps a literal a literal and a name a name', () => {
    expect(sql('select * from t where a = \'<a>\' and "<b>" > <c>', { a: "o'brien", b: 'c"d', c: '5' })).toMatchObject({
      command: 'select * from t where a = \'o\'\'brien\' and "c""d" > 5',
      problems: [],
    });
  });

  it.each([
    ['select pg_cancel_backend(PID)', 'PID', '1); drop table t; --'],
    ['select * from <x>', 'x', 't; drop table t'],
    ['delete from t where id = <x>', 'x', 'id'],
    ['delete from t where id >= <x> limit 5', 'x', 'id'],
    ['select * from <x>', 'x', 't -- '],
    ['select 5 -<x>', 'x', '-1'],
    ["select '<x>'", 'x', 'a\\'],
    ["select E'<x>'", 'x', "a\\'"],
    ['do $$ begin perform <x>; end $$', 'x', '1; drop table t'],
    ["select '<x>", 'x', "'; drop table t; --"],
  ])('refuses what would end it: %s', (text, name, value) => {
    const { problems, command } = sql(text, { [name]: value });
    expect(problems).not.toEqual([]);
    expect(command).toBe(text);
  });

  it('puts no line break into a comment', () => {
    expect(sql('select 1; -- <x>', { x: 'a\ndrop table t' }).command).not.toContain('\n');
  });
});

describe('the effects of a step with its values', () => {
  const of = (text: string, values: Readonly<Record<string, string>>) =>
    effectsOf({ text, language: 'sh' }, new Map(Object.entries(values)));

  it('are of what will run: rm -rf with an empty or a root directory destroys', () => {
    for (const DIR of ['', '/', '/srv/data']) expect(of('rm -rf $DIR/', { DIR })).toContain('destroy');
  });

  it('see through variables and placeholders', () => {
    expect(of('systemctl $ACTION nginx', { ACTION: 'stop' })).toContain('disrupt');
    expect(of('systemctl $ACTION nginx', { ACTION: 'status' })).toEqual(['read']);
    expect(of('kubectl <verb> pods', { verb: 'get' })).toEqual(['read']);
    expect(of('ssh h "$CMD /data"', { CMD: 'rm' })).toContain('destroy');
  });

  it('do not see a command where a value is only a word', () => {
    expect(of('printf %s <x>', { x: '; rm -rf /' })).toEqual(['none']);
  });

  it('of a thing to do by hand are no command', () => {
    expect(effectsOf({ text: 'rm -rf /' }, new Map())).toEqual(['not-shell']);
  });
});
