import { describe, expect, test } from 'vitest';
import { loginPlace, logsIn } from './login.ts';
import { readProcedure } from './procedure.ts';
import { toldCommands } from './told-command.ts';

describe('a command that a sentence tells to type', () => {
  test.each([
    ['Run `kubectl get pods` and look for `CrashLoopBackOff`.', 'kubectl get pods'],
    ['Then execute `sudo gitlab-patronictl list` on the console node.', 'sudo gitlab-patronictl list'],
    ['If it is down, run `systemctl restart web`.', 'systemctl restart web'],
    ['You need to run `certbot renew` as root', 'certbot renew'],
    ['Run the following command: `docker system prune -af`', 'docker system prune -af'],
    ['Use `kubectl get pods` to see them', 'kubectl get pods'],
    ['Run `./close.sh --id 7`', './close.sh --id 7'],
    ['Run `uptime`', 'uptime'],
    ['Check the disk: `df -h`', 'df -h'],
    ['**Check the logs:** `journalctl -u web -n 100`', 'journalctl -u web -n 100'],
    ['Connect\n`systemctl status web`', 'systemctl status web'],
    ['`sudo gitlab-ctl stop patroni`', 'sudo gitlab-ctl stop patroni'],
    ['`ssh &lt;host&gt; uptime`.', 'ssh <host> uptime'],
    ['查看日志，执行 `tail -n 100 /var/log/x.log`', 'tail -n 100 /var/log/x.log'],
    ['登录：`ssh web1`', 'ssh web1'],
    ['`systemctl restart nginx` 실행', 'systemctl restart nginx'],
    ['`systemctl restart nginx`를 입력한다', 'systemctl restart nginx'],
    ['次に `df -h` を実行する', 'df -h'],
    ['請執行 `kubectl get nodes`', 'kubectl get nodes'],
    ['请执行 `kubectl get nodes`，可以看到节点', 'kubectl get nodes'],
    ['Run `SELECT count(*) FROM entries;`', 'SELECT count(*) FROM entries;'],
  ])('%s', (text, command) => {
    expect(toldCommands(text).map((one) => one.text)).toEqual([command]);
  });

  test.each([
    'Do not run `systemctl restart db`',
    "Don't run `rm -rf /srv/data`",
    'You can run `kubectl get pods`, but the page shows the same',
    'What happens when you run `kubectl drain n1`',
    'To run `pg_upgrade` you need both versions',
    'A job will run `pg_dump ledger` at night',
    '`df` shows disks; `du` shows directories',
    'The file `/etc/fstab` lists the disks',
    '执行 `tiup br log stop` 命令，你可以停止任务。',
    '通过执行 `tiup br log stop`，可以停止任务。',
    '`sum by (job) (rate(errors_total[5m]))`',
    '`memory = a * connections + b * streams`',
    'Restart `nginx`',
    'Start command: `npm run start`',
    '서비스: `systemctl status web`',
    'Ask in `#ops`',
    'Run the `nightly-backup` job',
    'Where: `apps/api/src/security.py`',
    'Example: `kubectl delete pod x`',
    'Note: `rm -rf /` is dangerous',
    'Output: `3 rows`',
    'Path: `/var/lib/postgresql`',
    'Run `a -x` or `kubectl get pods`',
    'Stop: `systemctl stop app`; start: `systemctl start app`',
    'Type `yes` to confirm',
    '请勿执行 `rm -rf /data`',
    '`rm -rf /data` を実行しないこと',
    '`rm -rf /data` 실행 금지',
    '`rm -rf /data` 실행하지 마십시오',
    'Wait until `kubectl get pods` shows it',
    '[^1]: Run `df -h`',
  ])('none: %s', (text) => {
    expect(toldCommands(text)).toEqual([]);
  });

  test('a name before a colon is something to do in a list of things to do, and a collection tells nothing', () => {
    const list = '- Logs: `journalctl -u web`\n- `df -h`\n\nRun `uptime`.\n';
    const told = (heading: string) => readProcedure(`# A\n\n## ${heading}\n\n${list}`).steps.map(({ text }) => text);
    expect(told('Steps')).toEqual(['journalctl -u web', 'df -h', 'uptime']);
    expect(told('About it')).toEqual(['df -h', 'uptime']);
    for (const heading of ['Useful commands', 'Appendix', '명령어 모음', 'Overview']) expect(told(heading)).toEqual([]);
  });

  test.each([
    ['Delete it with `kubectl delete pod x`.', 1],
    ['Do not delete it with `kubectl delete pod x`.', 0],
    ['`df -h`로 용량을 확인한다', 1],
    ['`df -h` で確認する', 1],
    ['用 `df -h` 检查磁盘', 1],
  ])('in a list of things to do: %s', (text, count) => {
    expect(toldCommands(text, true)).toHaveLength(count);
    expect(toldCommands(text)).toEqual([]);
  });

  test('several that follow each other are several steps', () => {
    expect(toldCommands('Run `systemctl stop web`, then `systemctl start web`.').map(({ text }) => text)).toEqual([
      'systemctl stop web',
      'systemctl start web',
    ]);
  });

  test('is a step in a numbered item, a bullet and a paragraph, and the rest of the item is its title', () => {
    const source =
      '# A\n\n1. Run `df -h` first\n\n- Look: `uptime`\n- Tell them\n\nRun `ls -l /srv` now.\n\n`free -m`\n';
    expect(readProcedure(source).steps.map(({ line, kind, title, text }) => [line, kind, title, text])).toEqual([
      [3, 'command', 'Run df -h first', 'df -h'],
      [5, 'command', 'Look: uptime', 'uptime'],
      [8, 'command', 'Run ls -l /srv now.', 'ls -l /srv'],
      [10, 'command', 'A', 'free -m'],
    ]);
  });
});

test.each(['Other ways, e.g.', 'For example:', '예를 들어:', '例如：', 'たとえば、'])(
  'commands in a list after "%s" are examples',
  (lead) => {
    const source = `## Steps\n\n1. Run \`df -h\`\n\n${lead}\n\n- \`rm -rf /srv/x\`\n- \`rm -rf /srv/y\`\n`;
    expect(readProcedure(source).steps.map(({ text }) => text)).toEqual(['df -h']);
  },
);

test('a command under a heading or a label that takes back is done only to take back', () => {
  const said = (...lines: readonly string[]) =>
    readProcedure(['```sh', 'helm upgrade web x', '```', '', ...lines].join('\n')).steps.map(({ role, of }) => [
      role,
      of,
    ]);
  const plain = [undefined, undefined];
  expect(said('Rollback: `helm rollback web 1`')).toEqual([plain, ['rollback', 's1']]);
  expect(said('## Rollback', '', '1. Run `helm rollback web 1`')).toEqual([plain, ['rollback', 's1']]);
  expect(said('- Verify: `helm status web`')).toEqual([plain, ['verification', 's1']]);
  expect(said('- Run `helm rollback web 1` if needed')).toEqual([plain, plain]);
});

describe('a login', () => {
  test.each([
    'ssh web1',
    'ssh core@${NODE_IP}',
    'ssh -i key.pem ubuntu@10.0.0.1',
    'sudo -i',
    'su - postgres',
    'sudo su - postgres',
    'kubectl exec -it web -n x -- bash',
    'docker exec -it web /bin/sh',
    'psql -U postgres ledger\nDROP TABLE entries;',
    'mysql -u root -p\nSTOP SLAVE;',
  ])('%s', (text) => {
    expect(logsIn(text)).toBe(true);
  });

  test.each([
    ['oc debug node/worker-1', 'worker-1'],
    ['oc -n app rsh web-0', 'web-0'],
    ['oc rsh -n app $(oc get pod -o name | head -1)', 'oc rsh -n app $(oc get pod -o name | head -1)'],
    ['kubectl -n app exec -it deploy/web -- bash', 'web'],
    ['kubectl debug node/n1 -it --image=busybox', 'n1'],
    ['docker compose exec db sh', 'db'],
    ['gcloud compute ssh web-1 --zone us-east1-b', 'web-1'],
    ['aws ssm start-session --target i-0abc', 'i-0abc'],
    ['ssh core@10.0.0.1 -i key.pem', '10.0.0.1'],
    ['ssh -t bastion ssh db1', 'ssh -t bastion ssh db1'],
    ['chroot /host', undefined],
    ['nsenter -t 1 -m -u -i', undefined],
    ['sudo -u postgres bash', undefined],
    ['virsh console vm1', 'vm1'],
  ])('also: %s', (text, place) => {
    expect([logsIn(text), loginPlace(text)]).toEqual([true, place]);
  });

  test.each([
    'docker exec -it db psql -U postgres',
    'sudo -u postgres psql ledger',
    'gitlab-rails console',
    'fdisk /dev/sdb',
  ])('to a prompt, where more follows: %s', (text) => {
    expect([logsIn(text), logsIn(`${text}\nx`)]).toEqual([false, true]);
  });

  test('is told from other lines in bounded time', () => {
    for (const text of [
      'psql '.concat('-a '.repeat(40), '|'),
      'kubectl '.concat('exec psql -a '.repeat(44), '|\n').repeat(20),
    ])
      expect(logsIn(text)).toBe(false);
  });

  test('into a shell within a shell stays where the outer one is', () => {
    const block = (text: string) => `\`\`\`sh\n${text}\n\`\`\`\n`;
    const { steps } = readProcedure(
      ['# A', block('oc debug node/n1'), block('chroot /host'), block('reboot')].join('\n\n'),
    );
    expect(steps.map(({ kind, target }) => [kind, target])).toEqual([
      ['manual', undefined],
      ['manual', undefined],
      ['command', 'n1'],
    ]);
  });

  test.each([
    'oc rsh web-0 ls /srv',
    'oc debug node/n1 -- chroot /host systemctl restart kubelet',
    'kubectl exec web -- sh -c "ls"',
    'kubectl logs web -c run sh',
    'gcloud compute ssh web-1 --command "ls"',
    'chroot /host systemctl restart kubelet',
    'nsenter -t 1 -m -- ls',
    'bash restore.sh',
    'sudo bash restore.sh',
    'parted /dev/sda print',
    'ssh web1 uptime',
    'ssh web1 <<EOF\nsudo -i\nEOF',
    'sudo -u postgres psql -c "select 1"',
    'su - postgres -c x',
    'kubectl exec web -- ls',
    'psql -tAc "select 1"\ndf -h',
    'psql ledger < dump.sql\ndf -h',
    'redis-cli -h x ping',
    'psql -U postgres ledger',
  ])('none: %s', (text) => {
    expect(logsIn(text)).toBe(false);
  });

  test('and what is typed after it are for a person: by itself the rest would be done on the wrong machine', () => {
    const source =
      '# A\n\n```sh\nssh db1\nrm -rf /var/lib/postgresql/data\n```\n\n1. `ssh web1`\n2. `sudo systemctl restart web`\n';
    expect(readProcedure(source).steps.map(({ kind, text, target }) => [kind, text, target])).toEqual([
      ['manual', 'ssh db1\nrm -rf /var/lib/postgresql/data', undefined],
      ['manual', 'ssh web1', undefined],
      ['command', 'sudo systemctl restart web', 'web1'],
    ]);
  });
});
