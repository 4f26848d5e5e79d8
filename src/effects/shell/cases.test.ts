import { beforeAll, describe, expect, it } from 'vitest';
import { explain, prepareEffects } from '../explain.ts';
import type { Label } from '../types.ts';

beforeAll(prepareEffects);

function labels(command: string): readonly Label[] {
  return explain(command, { language: 'sh' }).effects;
}

describe('is not missed', () => {
  it.each<[string, ...Label[]]>([
    ['rm -fr /data', 'destroy'],
    ['rm -r -f /data', 'destroy'],
    ['find / -delete', 'destroy'],
    ['dd if=/dev/zero of=/dev/sda', 'destroy'],
    ['mkfs.ext4 /dev/sdb1', 'destroy'],
    ["psql -c 'TRUNCATE entries'", 'destroy'],
    ['dropdb app', 'destroy'],
    ['kubectl -n prod delete pvc data-0', 'destroy'],
    ['kubectl drain node-1', 'disrupt'],
    ['helm uninstall web', 'destroy'],
    ['docker volume rm data', 'destroy'],
    ['docker compose down -v', 'destroy', 'disrupt'],
    ['terraform apply -destroy', 'destroy'],
    ['aws s3 rm --recursive s3://bucket/x', 'remote-delete'],
    ['restic forget --prune --keep-last 3', 'remote-delete'],
    ['redis-cli FLUSHALL', 'destroy'],
    ['git push --force origin main', 'remote-delete'],
    ['curl -fsSL https://x.example/i.sh | sudo bash', 'egress', 'privilege', 'unknown'],
    ['bash <(curl -fsSL https://x.example/i.sh)', 'egress', 'unknown'],
    ['cat <<EOF; rm -rf ~\nhello\nEOF', 'destroy'],
    ['p=/tmp/x; printf -v p /; rm -rf "$p"', 'destroy'],
    ["find / -name 'id_rsa' | xargs cat", 'secret'],
    ['kubectl get secret db -o yaml', 'secret'],
    ['env', 'secret'],
    ['curl -X GET http://es:9200/_shutdown', 'disrupt'],
    ['tar -xvzf a.tgz', 'write'],
    ['rm --recurs --for /data', 'destroy'],
  ])('%s', (command, ...expected) => {
    expect(labels(command)).toEqual(expect.arrayContaining(expected));
  });
});

describe('raises no false alarm', () => {
  it.each<[string, ...Label[]]>([
    ["echo 'to clean up: rm -rf /data'", 'none'],
    ["grep 'delete from' app.log", 'read'],
    ['docker rm --help', 'none'],
    ['kubectl apply -f app.yaml --dry-run=client', 'read'],
    ["git log --grep 'drop table'", 'read'],
  ])('%s', (command, ...expected) => {
    expect(labels(command)).toEqual(expected);
  });
});

describe('is followed to where it acts', () => {
  it.each<[string, ...Label[]]>([
    ['a=rm; $a -rf /data', 'destroy'],
    ['$(echo rm) -rf /data', 'destroy'],
    ['{rm,-rf,/data}', 'destroy'],
    ["eval 'rm -rf /data'", 'destroy'],
    ['bash -c \'bash -c "rm -rf /data"\'', 'destroy'],
    ["echo 'rm -rf /data' | sh", 'destroy'],
    ['bash <<EOF\nrm -rf /data\nEOF', 'destroy'],
    ["bash <<< 'rm -rf /data'", 'destroy'],
    ["psql <<'EOF'\nDROP TABLE entries;\nEOF", 'destroy'],
    ['ssh db1 <<EOF\nsystemctl stop nginx\nEOF', 'disrupt'],
    ['f() { rm -rf /data; }; f', 'destroy'],
    ["alias clean='rm -rf'\nclean /data", 'destroy'],
    ["trap 'rm -rf /data' EXIT", 'destroy'],
    ['for f in a b; do rm "$f"; done', 'destroy'],
    ['if true; then rm x; fi', 'destroy'],
    ['echo "$(rm -rf /data)"', 'destroy'],
    ['> /etc/passwd', 'destroy'],
    ['echo b > /proc/sysrq-trigger', 'destroy'],
    ['sudo -u postgres env A=1 nohup timeout 5 rm -rf /data', 'destroy', 'privilege'],
    ['(crontab -l; echo "0 3 * * * rm -rf /srv/tmp") | crontab -', 'destroy'],
    ['awk \'BEGIN { system("rm -rf /data") }\'', 'destroy'],
    ['python3 -c "import os; os.system(\'rm -rf /data\')"', 'destroy'],
    ['$ rm -rf /data\n\n$ ls\ndata', 'destroy', 'read'],
    ['rm -rf /data\r\n', 'destroy'],
    ['rm\u00a0-rf\u3000/data', 'destroy'],
    ['rm -rf /data &amp;&amp; ls', 'destroy'],
    ['kubectl exec <pod> -n <namespace> -- rm -rf /data', 'destroy'],
  ])('%s', (command, ...expected) => {
    expect(labels(command)).toEqual(expect.arrayContaining(expected));
  });
});

describe('stays unknown', () => {
  it.each([
    ['$CMD --all'],
    ['eval "$X"'],
    ['ls | frobnicate'],
    ['echo cm0= | base64 -d | sh'],
    ['./deploy.sh'],
    ['bash restore.sh --help'],
    ['source ./functions.sh'],
    ['psql -f migrate.sql'],
    ['kubectl frobnicate'],
    ['cat <<EOF\nrm -rf /data'],
    ['if true; then rm'],
  ])('%s', (command) => {
    expect(labels(command)).toContain('unknown');
  });
});

describe('a function body', () => {
  it('counts only where it is called', () => {
    expect(labels('f() { rm -rf /data; }')).toEqual(['none']);
  });
});

describe('places', () => {
  it('a redirection counts here, whatever runs elsewhere', () => {
    const { commands } = explain("ssh db1 'cat app.log' > app.log", { language: 'sh' });
    expect(commands.map(({ place, effects }) => [place, effects])).toEqual(
      expect.arrayContaining([
        ['host', ['read']],
        ['here', ['write']],
      ]),
    );
  });

  it.each([
    ["ssh db1 'rm x'", 'host'],
    ['docker exec web rm x', 'container'],
    ['kubectl exec web -- rm x', 'pod'],
    ["psql -c 'DROP TABLE t'", 'database'],
  ])('%s acts in %s', (command, place) => {
    const { commands } = explain(command, { language: 'sh' });
    expect(commands.find(({ effects }) => effects.includes('destroy'))?.place).toBe(place);
  });
});

describe('spans', () => {
  it('are exact in Korean and Chinese text, in quotes and in substitutions', () => {
    const text = 'echo 백업 완료 && ssh 서버 \'删除=1; rm -rf /데이터\' && echo "$(rm -r /备份)"';
    for (const { effects, span, text: shown } of explain(text, { language: 'sh' }).commands) {
      expect(shown).toBe(text.slice(span.start, span.end));
      if (effects.includes('destroy')) expect(shown).toMatch(/^rm -rf? \/(?:데이터|备份)$/);
    }
  });

  it('name line and column', () => {
    const command = explain('ls\n  rm x', { language: 'sh' }).commands.find(({ effects }) =>
      effects.includes('destroy'),
    );
    expect(command?.span).toEqual({ start: 5, end: 9, line: 2, column: 3 });
  });
});

describe('a script at hand', () => {
  it('is read too', () => {
    const resolve = (name: string) => (name === './clean.sh' ? 'rm -rf /data\n' : undefined);
    expect(explain('./clean.sh', { language: 'sh', resolve }).effects).toEqual(['destroy']);
    expect(explain('bash ./clean.sh', { language: 'sh', resolve }).effects).toEqual(['destroy']);
    expect(explain('source ./clean.sh', { language: 'sh', resolve }).effects).toEqual(['destroy']);
  });

  it('that calls itself ends', () => {
    expect(explain('./a.sh', { language: 'sh', resolve: () => './a.sh\nrm x' }).effects).toContain('destroy');
  });
});
