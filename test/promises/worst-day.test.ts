import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSigningKey } from '../../src/audit/keys.ts';
import { loadSite } from '../../src/config/load.ts';
import { destroyWorld } from '../../src/demo/disaster.ts';
import { makeBundle } from '../../src/worst-day/bundle.ts';
import { verifyBundle } from '../../src/worst-day/verify-bundle.ts';
import { type Contrast, contrastProbe, overflowProbe } from '../report/probes.ts';
import { databaseFingerprint, filesFingerprint } from '../services/fingerprint.ts';
import { smallSite, type TestSite } from '../services/holdfast.ts';
import { findPlantedBelow, plant } from '../services/planted.ts';
import { asRoot, removeDirectory, runUnprivileged, temporaryDirectory } from '../services/programs.ts';

const languages = ['en', 'ko', 'zh-Hant'] as const;
const secret = plant('worst-day');
const argument = plant('argument');
const planted = { 'parameter that a runbook repeats': secret, 'argument of a command in the site file': argument };

let site: TestSite;
/** Copied away from where it was written, as onto a stick. */
let stick: string;
let before: { database: Record<string, string>; files: Record<string, string> };

beforeAll(async () => {
  site = await smallSite(0.004);
  const { directory, siteFile } = site.world;
  mkdirSync(join(directory, 'runbooks'));
  for (const [name, text] of Object.entries(runbooks(secret))) writeFileSync(join(directory, 'runbooks', name), text);
  writeFileSync(join(directory, 'secrets', 'planted'), `${secret}\n`, { mode: 0o600 });
  writeFileSync(
    siteFile,
    `${readFileSync(siteFile, 'utf8')}\nrunbooks: { paths: [runbooks] }\nsecrets: { signing-token: { file: secrets/planted }, other-token: { command: [vault, read, --token, ${JSON.stringify(argument)}] } }\n`,
  );
  await site.json(0, 'protect');
  await site.json(0, 'drill');
  before = {
    database: await databaseFingerprint(site.world.connection),
    files: filesFingerprint(site.world.documents),
  };
  await site.json(0, 'bundle', join(directory, 'bundle'), '--language', 'all');
  stick = mkdtempSync('/var/tmp/hf-stick-');
  cpSync(join(directory, 'bundle'), join(stick, 'worst-day'), { recursive: true });
}, 180_000);

afterAll(async () => {
  await site?.remove();
  if (stick !== undefined) removeDirectory(stick);
});

const page = (path: string): string => readFileSync(join(stick, 'worst-day', path), 'utf8');

/** The commands as a person copies them from the page. */
function printed(path: string, id: string): string {
  const found = new RegExp(`<pre class="command" id="${id}"><code>([\\s\\S]*?)</code></pre>`).exec(page(path))?.[1];
  if (found === undefined) throw new Error(`${path} has no commands ${id}`);
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return found.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? '');
}

describe('12. A worst-day bundle opens in a browser from a USB stick, with Holdfast, network and database gone', () => {
  let browser: BrowserContext;
  let profile: string;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    profile = mkdtempSync('/var/tmp/hf-browser-');
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: join(fixtures, 'without-network.sh'),
      env: { ...process.env, CHROMIUM: process.env.CHROMIUM ?? '/usr/bin/chromium' },
      headless: true,
      javaScriptEnabled: false,
      offline: true,
      args: [...(asRoot ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    browser.on('request', (request) => requests.push(request.url()));
    browser.on('console', (message) => complaints.push(message.text()));
    browser.on('dialog', (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
  });

  afterAll(async () => {
    await browser?.close();
    if (profile !== undefined) removeDirectory(profile);
  });

  const allPages = (): string[] => listed(join(stick, 'worst-day')).filter((path) => path.endsWith('.html'));
  const address = (path: string): string => `file://${join(stick, 'worst-day', path)}`;

  test('the browser has no network: it does not reach a server that everybody else here reaches', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end('reached');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('reached');
    const tab = await browser.newPage();
    // Where namespaces are forbidden, the browser is only told to be offline.
    if (hasOwnNetwork()) await browser.setOffline(false);
    await expect(tab.goto(`http://127.0.0.1:${port}/`, { timeout: 10_000 })).rejects.toThrow();
    await browser.setOffline(true);
    expect(asked).toBe(1);
    await tab.close();
    server.close();
  });

  test('every page opens, has its style, and each of its links leads to something that is there', {
    timeout: 120_000,
  }, async () => {
    const tab = await browser.newPage();
    requests.length = 0;
    complaints.length = 0;
    for (const path of allPages()) {
      await tab.goto(address(path));
      expect(await tab.locator('h1').count(), path).toBe(1);
      expect(await tab.evaluate<string>('getComputedStyle(document.body).marginTop'), path).toBe('0px');
      const links = await tab.evaluate<string[]>("[...document.querySelectorAll('[href]')].map((link) => link.href)");
      for (const link of links) {
        if (/^(?:data:,|https?:|mailto:|tel:)/.test(link)) continue;
        const [file = '', fragment = ''] = decodeURIComponent(link.replace('file://', '')).split('#');
        expect(existsSync(file), `${path} leads to ${link}`).toBe(true);
        expect(file.startsWith(`${stick}/worst-day/`), link).toBe(true);
        if (fragment !== '' && file.endsWith('.html')) {
          expect(readFileSync(file, 'utf8'), `${path} leads to ${link}`).toContain(`id="${fragment}"`);
        }
      }
      expect(await tab.locator('script, iframe, object, embed, img, link[rel=stylesheet]').count(), path).toBe(0);
    }
    expect(requests.filter((url) => !url.startsWith(`file://${stick}/worst-day/`) && url !== 'data:,')).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.close();
  });

  test('commands are copied from the page as they are printed', async () => {
    const tab = await browser.newPage();
    await tab.goto(address('ko/restore.html'));
    const shown = await tab.locator('#restore-records-local-server').textContent();
    expect(shown?.trimEnd()).toBe(printed('en/restore.html', 'restore-records-local-server'));
    await tab.close();
  });

  test('in every language pages fit a telephone and a sheet of paper, and text stands out in light and dark', {
    timeout: 120_000,
  }, async () => {
    const tab = await browser.newPage();
    for (const language of languages) {
      for (const name of [
        'index',
        'restore',
        'people',
        'map',
        'unlock',
        'verify',
        'notes',
        'runbooks/runbooks-loss',
        'runbooks/runbooks-hostile',
      ]) {
        await tab.goto(address(`${language}/${name}.html`));
        expect(await tab.evaluate<string>('document.documentElement.lang')).toBe(language);
        for (const width of [360, 1280]) {
          await tab.setViewportSize({ width, height: 800 });
          expect(await tab.evaluate<string[]>(overflowProbe), `${language}/${name} at ${width}`).toEqual([]);
        }
        for (const colorScheme of ['light', 'dark'] as const) {
          await tab.emulateMedia({ colorScheme });
          const found = await tab.evaluate<Contrast[]>(contrastProbe);
          expect(
            found.filter(({ ratio }) => ratio < 4.5),
            `${language}/${name} in ${colorScheme}`,
          ).toEqual([]);
        }
        await tab.emulateMedia({ media: 'print', colorScheme: null });
        await tab.setViewportSize({ width: 680, height: 900 });
        expect(await tab.evaluate<string[]>(overflowProbe), `${language}/${name} on paper`).toEqual([]);
        await tab.emulateMedia({ media: null });
      }
    }
    await tab.goto(address('index.html'));
    const pdf = (await tab.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
    await tab.close();
  });

  test('says in three languages what to do first, what the last drill found, and whom to call', () => {
    const words = { en: 'The first five minutes', ko: '처음 5분', 'zh-Hant': '最初五分鐘' };
    for (const language of languages) {
      expect(page(`${language}/index.html`)).toContain(words[language]);
      expect(page(`${language}/people.html`)).toContain('+82 2 000 0000');
    }
    expect(page('en/index.html')).toMatch(/PROVEN.*, from .*back in/);
    expect(page('en/map.html')).toMatch(/records\/\d{8}T\d{6}Z/);
    expect(allPages()).toHaveLength(1 + languages.length * (7 + 4));
  });

  test('holds every line of every runbook, and nothing of a runbook as HTML', () => {
    for (const [name, text] of Object.entries(runbooks('[redacted]'))) {
      const html = page(`en/runbooks/${pageOf(name)}`);
      const source = decoded(/<pre class="source"><code>([\s\S]*?)<\/code><\/pre>/.exec(html)?.[1] ?? '');
      expect(source).toBe(text);
      expect(html).not.toMatch(/<script|<iframe|<img|javascript:alert\(1\)"/);
    }
    expect(page('en/runbooks/runbooks-loss.html')).toContain('href="https://example.org/rota"');
    expect(page('en/runbooks/runbooks-loss.html')).toMatch(/DESTROYS/);
  });

  test('holds no secret, not even one that stands in a runbook', () => {
    expect(readFileSync(join(site.world.directory, 'runbooks', 'token.md'), 'utf8')).toContain(secret);
    expect(findPlantedBelow(planted, stick)).toEqual([]);
    expect(page('en/unlock.html')).toMatch(/vault read .*--token.*\[redacted\]/);
    const own = {
      'password of the stores': readFileSync(join(site.world.directory, 'secrets', 'store-password'), 'utf8').trim(),
    };
    expect(findPlantedBelow(own, stick)).toEqual([]);
  });

  describe('is checked without Holdfast, by the commands on its page', () => {
    /** What the three blocks print, in a directory that has the bundle and nothing else. */
    const checked = (cwd: string) => {
      const shell = ['key', 'signature', 'files'].map((id) => printed('en/verify.html', `verify-${id}`)).join('\n');
      const env = { PATH: '/usr/bin:/bin', HOME: cwd };
      const { stdout, stderr } = spawnSync('bash', ['-c', shell], { cwd, env, encoding: 'utf8' });
      return { key: stdout.split('\n')[0] ?? '', said: `${stdout}${stderr}` };
    };
    const copied = (): string => {
      const own = mkdtempSync(join(stick, 'bare-'));
      cpSync(join(stick, 'worst-day'), own, { recursive: true });
      return own;
    };
    /** The signature holds, each file is as it was signed, and there is no other. */
    const good = /Verified Successfully\nOK\n$/;

    test('and is as it was signed, by the key that was noted on paper', () => {
      const own = copied();
      writeFileSync(join(own, 'notes.txt'), '14:35 a note\n');
      const { key, said } = checked(own);
      expect(said).toMatch(good);
      const noted = readFileSync(join(own, 'signing.pub'), 'utf8').trim();
      expect(key).toHaveLength(44);
      expect(noted.endsWith(`+${key}`)).toBe(true);
      expect(page('en/verify.html')).toContain(noted);
    });

    test('a page that was changed is found, also when SHA256SUMS was made to fit', () => {
      const own = copied();
      flip(join(own, 'en', 'restore.html'));
      execFileSync(
        'bash',
        ['-c', `find . -type f ! -name SHA256SUMS | cut -c 3- | sort | xargs sha256sum > SHA256SUMS`],
        {
          cwd: own,
        },
      );
      expect(checked(own).said).toMatch(/en\/restore\.html: FAILED/);
      expect(checked(own).said).not.toMatch(good);
    });

    test('a page that was added or removed is named', () => {
      const own = copied();
      writeFileSync(join(own, 'en', 'call-this-number.html'), 'x');
      expect(checked(own).said).toMatch(/OK\nen\/call-this-number\.html\n$/);
      unlinkSync(join(own, 'ko', 'map.html'));
      expect(checked(own).said).toMatch(/ko\/map\.html/);
      expect(checked(own).said).not.toMatch(/^OK$/m);
    });

    test('a list that was changed is not signed any more, and one signed anew is of another key', async () => {
      const own = copied();
      const manifest = join(own, 'manifest.json');
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"bytes":(\d)/, '"bytes":1$1'));
      expect(checked(own).said).not.toMatch(/Verified Successfully/);
      const loaded = await loadSite(site.world.siteFile);
      const other = await openSigningKey(mkdtempSync(join(stick, 'other-')));
      const options = {
        records: undefined,
        languages: ['en'] as const,
        now: new Date(),
        redact: (text: string) => text,
      };
      const { directory } = await makeBundle({ ...options, loaded, key: other, directory: join(stick, 'forged') });
      const forged = checked(directory);
      expect(forged.said).toMatch(good);
      expect(readFileSync(join(stick, 'worst-day', 'signing.pub'), 'utf8')).not.toContain(forged.key);
    });
  });

  test('tells exactly which file was changed, added or removed', { timeout: 60_000 }, async () => {
    const own = join(stick, 'tampered');
    cpSync(join(stick, 'worst-day'), own, { recursive: true });
    expect((await site.json(0, 'bundle', 'verify', own)).intact).toBe(true);
    writeFileSync(join(own, 'notes.txt'), '14:35 a note\n');
    expect(await site.json(0, 'bundle', 'verify', own)).toMatchObject({ intact: true, notes: true });
    flip(join(own, 'en', 'restore.html'));
    writeFileSync(join(own, 'extra.html'), 'x');
    unlinkSync(join(own, 'ko', 'map.html'));
    expect((await site.json(3, 'bundle', 'verify', own)).differences).toEqual([
      { file: 'en/restore.html', what: 'changed' },
      { file: 'extra.html', what: 'added' },
      { file: 'ko/map.html', what: 'removed' },
    ]);
  });

  test.each(['manifest.json', 'manifest.dsse', 'manifest.sig', 'SHA256SUMS', 'signing.pub', 'signing.pem'])(
    'tells a flipped byte of %s by its name, and no other file',
    async (name) => {
      const own = mkdtempSync(join(stick, 'flip-'));
      cpSync(join(stick, 'worst-day'), own, { recursive: true });
      for (const at of [0.1, 0.5, 0.9]) {
        flip(join(own, name), at);
        const { differences } = await verifyBundle(own);
        expect(differences).toEqual([{ file: name, what: 'changed' }]);
        flip(join(own, name), at);
      }
      expect((await verifyBundle(own)).differences).toEqual([]);
    },
  );

  test('carries the evidence of the last drill, which verifies with the key beside it', async () => {
    const evidence = readdirSync(join(stick, 'worst-day', 'evidence'));
    expect(evidence).toHaveLength(1);
    for (const name of evidence) {
      const file = join(stick, 'worst-day', 'evidence', name);
      const verified = await site.json(0, 'evidence', 'verify', file, '--key', join(stick, 'worst-day', 'signing.pub'));
      expect(verified).toMatchObject({ kind: 'drill', verdict: 'PROVEN', signer: 'signed by the key given' });
    }
  });

  test('somebody else cannot sign in its name', async () => {
    const foreign = await smallKey();
    const ended = await site.holdfast('bundle', 'verify', join(stick, 'worst-day'), '--key', foreign);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('bundle-other-signer');
  });

  test('is written anew over itself with its notes kept, and over nothing else', { timeout: 60_000 }, async () => {
    const own = join(stick, 'again');
    cpSync(join(stick, 'worst-day'), own, { recursive: true });
    writeFileSync(join(own, 'notes.txt'), 'mine');
    await site.json(0, 'bundle', own, '--language', 'ko');
    expect(readFileSync(join(own, 'notes.txt'), 'utf8')).toBe('mine');
    expect(existsSync(join(own, 'en'))).toBe(false);
    expect(readdirSync(stick).filter((name) => name.startsWith('.'))).toEqual([]);
    writeFileSync(join(own, 'mine.txt'), 'mine');
    const refused = await site.holdfast('bundle', own);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('mine.txt');
    expect(readFileSync(join(own, 'mine.txt'), 'utf8')).toBe('mine');
    const other = mkdtempSync(join(stick, 'other-'));
    writeFileSync(join(other, 'precious'), 'x');
    expect((await site.holdfast('bundle', other)).code).toBe(5);
    expect(readdirSync(other)).toEqual(['precious']);
  });

  test('is the same bytes for the same site at the same time', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => sealedPages()));
    expect(first).toEqual(second);
  });

  test('takes notes back into the record once, with the times that people wrote', { timeout: 120_000 }, async () => {
    const notes = join(stick, 'worst-day', 'notes.txt');
    const lines = [
      '2026-01-12 14:35 [Jo, restore step 3] second disk found',
      '오후 3:05 [Mina] called the bank',
      `15:10 the token was ${secret}`,
      'nobody wrote a time here',
      '2026-01-12T05:00:00Z loss noticed',
    ];
    writeFileSync(notes, `${lines.slice(0, 4).join('\n')}\n`);
    const merge = (expected: number) =>
      site.json(
        expected,
        'bundle',
        'notes',
        notes,
        '--bundle',
        join(stick, 'worst-day'),
        '--incident-time-zone',
        'Asia/Seoul',
      );
    const first = await merge(1);
    expect(first).toMatchObject({
      recorded: 3,
      before: 0,
      notUnderstood: [{ line: 4, text: 'nobody wrote a time here' }],
    });
    writeFileSync(notes, `${lines.join('\n')}\n`);
    const second = await merge(1);
    expect(second).toMatchObject({ recorded: 1, before: 3 });
    expect(
      (second.notes as { writtenAt: string; text: string }[]).map(({ writtenAt, text }) => `${writtenAt} ${text}`),
    ).toEqual([
      '2026-01-12T05:00:00.000Z loss noticed',
      '2026-01-12T05:35:00.000Z second disk found',
      '2026-01-12T06:05:00.000Z called the bank',
      '2026-01-12T06:10:00.000Z the token was [redacted]',
    ]);
    expect(await merge(1)).toMatchObject({ recorded: 0, before: 4 });
    const { leaves } = (await site.json(0, 'audit', 'list', '--limit', '1000')) as {
      leaves: { kind: string; facts: Record<string, string> }[];
    };
    const written = leaves.filter(({ kind }) => kind === 'note').map(({ facts }) => facts);
    expect(written).toHaveLength(4);
    for (const facts of written) {
      expect(Date.parse(facts.writtenAt ?? '')).toBeLessThan(Date.parse(facts.mergedAt ?? ''));
      expect(facts.bundle).toMatch(/^[0-9a-f]{64}$/);
    }
    unlinkSync(notes);
  });

  test('what it prints finds a row that is missing and a file that was changed', { timeout: 120_000 }, () => {
    handOver(site);
    const home = temporaryDirectory();
    try {
      const judged = (asset: string, blocks: readonly string[], sabotage: string, last: string): string => {
        const id = (block: string) => `restore-${asset}-local-${block}`;
        const commands = blocks.map((block) => printed('en/restore.html', id(block)));
        const script = [...commands, sabotage, 'echo JUDGED', printed('en/restore.html', id(last)), 'true'];
        const said = runUnprivileged('bash', ['-c', script.join('\n')], { env: { HOME: home } });
        return said.slice(said.indexOf('JUDGED'));
      };
      const stop = `trap 'pg_ctl --pgdata="$WORK/server" --mode=immediate stop' EXIT`;
      const lose = `psql --quiet --dbname="$DATABASE" --command='delete from audit_log where ctid = (select min(ctid) from audit_log)'`;
      const loaded = ['place', 'password', 'choose', 'fetch', 'sums', 'server', 'load'];
      const counted = judged('records', loaded, `${stop}\n${lose}`, 'compare');
      expect(counted).toMatch(/^public\.audit_log\|\d+$/m);
      expect(counted).not.toMatch(/^OK$/m);
      const change = 'printf x >> "$(find "$WORK/data" -type f | grep -v SHA256SUMS | head -n 1)"';
      expect(judged('records', ['place', 'password', 'choose', 'fetch'], change, 'sums')).not.toMatch(/^OK$/m);
      expect(judged('documents', ['place', 'password', 'choose', 'fetch'], change, 'sums')).not.toMatch(/^OK$/m);
    } finally {
      removeDirectory(home);
    }
  });

  test('what it prints brings a database and files back with restic and PostgreSQL alone', {
    timeout: 120_000,
  }, async () => {
    const { world } = site;
    await destroyWorld(world);
    handOver(site);
    const home = temporaryDirectory();
    try {
      for (const [asset, blocks] of Object.entries({
        records: ['place', 'password', 'choose', 'fetch', 'sums', 'server', 'load', 'compare', 'serve'],
        documents: ['place', 'password', 'choose', 'fetch', 'sums', 'put'],
      })) {
        const commands = blocks.map((block) => printed('en/restore.html', `restore-${asset}-second-${block}`));
        const said = runUnprivileged('bash', ['-c', ['set -e', ...commands].join('\n')], { env: { HOME: home } });
        expect(said.match(/^OK$/gm)).toHaveLength(asset === 'records' ? 3 : 2);
      }
      expect(await databaseFingerprint(world.connection)).toEqual(before.database);
      expect(filesFingerprint(world.documents)).toEqual(before.files);
    } finally {
      removeDirectory(home);
    }
  });
});

const fixtures = fileURLToPath(new URL('../fixtures/worst-day', import.meta.url));

/** The custodian hands over the passwords; the account may make what was there before. */
function handOver({ world }: TestSite): void {
  if (!asRoot) return;
  const { uid, gid } = world.account;
  const places = [join(world.directory, 'secrets'), join(world.directory, 'production')];
  execFileSync('chown', ['-R', `${uid}:${gid}`, ...places]);
}

/** Whether the wrapper really gives the browser a network of its own. */
function hasOwnNetwork(): boolean {
  const env = { PATH: process.env.PATH, CHROMIUM: 'readlink' };
  const network = '/proc/self/ns/net';
  const there = spawnSync(join(fixtures, 'without-network.sh'), [network], { env, encoding: 'utf8' });
  return there.status === 0 && there.stdout.trim() !== readlinkSync(network);
}

function listed(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

function pageOf(name: string): string {
  const words = name
    .replace('.md', '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `runbooks-${words}.html`;
}

function decoded(html: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html
    .replaceAll(/<\/?span[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? '');
}

/** Changes one bit somewhere in a file; a second time puts it back. */
function flip(file: string, at = 0.5): void {
  const bytes = readFileSync(file);
  const index = Math.floor(bytes.length * at);
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** The public key of another data directory. */
async function smallKey(): Promise<string> {
  const data = mkdtempSync(join(stick, 'key-'));
  await openSigningKey(data);
  return join(data, 'keys', 'signing.pub');
}

/** All files of a bundle, made again without a database. */
async function sealedPages(): Promise<Record<string, string>> {
  const out = mkdtempSync(join(stick, 'same-'));
  const key = await openSigningKey(site.data);
  const loaded = await loadSite(site.world.siteFile);
  await makeBundle({
    directory: out,
    loaded,
    languages,
    key,
    records: undefined,
    now: new Date(0),
    redact: (text) => text,
  });
  return filesFingerprint(out);
}

/** Three runbooks with the structures that teams write: fences, tables, checklists, ways to choose, and hostile text. */
function runbooks(token: string): Record<string, string> {
  return {
    'loss.md': `# Machine lost

Call **everybody** first, see [the rota](https://example.org/rota) and [this](javascript:alert(1)).

| Role | Name | Phone |
|---|---|---|
| Lead | Mina <b>Park</b> | +82 2 000 0000 |

## Shut out

- [ ] Switch off sign-in
- [ ] Note the time

\`\`\`bash
# look at the newest backup
restic snapshots --latest 1
# remove what is left
rm -rf /srv/old/<customer>
\`\`\`
`,
    'token.md': `# Token

The token is ${token} and stands here by mistake.

\`\`\`bash
curl -H "X-Token: ${token}" https://example.org/health
\`\`\`
`,
    '"><img src=x onerror=alert(4)> & ‮.md': '# Named to harm\n',
    'hostile.md': `# </title><script>alert(1)</script>

<img src=x onerror=alert(2)> and <iframe src="https://example.org"></iframe>

\`\`\`bash
echo '</code></pre><script>alert(3)</script>'
\`\`\`
`,
  };
}
