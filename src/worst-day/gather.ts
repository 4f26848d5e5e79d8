import type { PublicKey } from '../audit/note.ts';
import type { LoadedSite } from '../config/load.ts';
import { resolvePath } from '../config/paths.ts';
import type { StoreConfig, TargetConfig } from '../config/site.ts';
import type { Language } from '../evidence/report/messages/catalogue.ts';
import type { Redact } from '../lib/redact.ts';
import { redactAll } from '../lib/redact-all.ts';
import { shellWord } from '../lib/shell-word.ts';
import { version } from '../lib/version.ts';
import { recoveryWaves } from '../recovery/order.ts';
import type { Queryable } from '../store/types.ts';
import { findRunbooks } from './find-runbooks.ts';
import { drillsOf, openGatesOf, pointsOf, verifiedSteps } from './from-records.ts';
import type { AssetPicture, Picture, StorePicture, TargetPicture } from './picture.ts';

export interface GatherOptions {
  readonly loaded: LoadedSite;
  readonly languages: readonly Language[];
  readonly key: PublicKey;
  /** Holdfast's records; undefined where there are none yet. */
  readonly records: Queryable | undefined;
  readonly now: Date;
  /** Knows every secret that could be read. */
  readonly redact: Redact;
}

export interface Gathered {
  readonly picture: Picture;
  /** Evidence files that the pages name, by their name in the bundle. */
  readonly evidence: ReadonlyMap<string, Buffer>;
}

/** Brings together what the bundle shows: from the site file, the runbooks that it names, and the records. */
export async function gather(options: GatherOptions): Promise<Gathered> {
  const { loaded, languages, key, records, now, redact } = options;
  const { site } = loaded;
  const found = await findRunbooks(site.runbooks.paths, loaded.directory);
  const drills = records === undefined ? undefined : await drillsOf(records, site.site);
  const points = records === undefined ? undefined : await pointsOf(records, site.site);
  const verified = records === undefined ? undefined : await verifiedSteps(records, site, found, now);
  const waves = recoveryWaves(site.assets);
  const assets = waves.flatMap((wave, index) =>
    wave.map((name): AssetPicture => {
      const asset = site.assets[name];
      if (asset === undefined) throw new TypeError(`the asset ${name} is in an order and not in the site`);
      const { lastDrill, lastProven } = drills?.byAsset.get(name) ?? {};
      return {
        name,
        wave: index + 1,
        after: asset.after,
        rpoMs: asset.objectives.rpo,
        rtoMs: asset.objectives.rto,
        copies: asset.copies,
        ...('postgres' in asset
          ? { kind: 'postgres', paths: [], postgres: postgresOf(asset.postgres) }
          : { kind: 'files', paths: asset.files.paths }),
        points: points?.get(name) ?? [],
        ...(lastDrill === undefined ? {} : { lastDrill }),
        ...(lastProven === undefined ? {} : { lastProven }),
      };
    }),
  );
  const picture: Picture = {
    site: site.site,
    timezone: site.timezone,
    madeAt: now.toISOString(),
    holdfast: version,
    languages,
    siteFile: { path: loaded.path, sha256: loaded.sha256 },
    key: key.verifier,
    recorded: records !== undefined,
    assets,
    stores: Object.entries(site.stores).map(([name, store]) => storeOf(name, store)),
    targets: Object.entries(site.targets).map(([name, target]) => targetOf(name, target)),
    groups: Object.entries(site.groups).map(([name, { targets, width }]) => ({ name, targets, width })),
    people: Object.entries(site.authority.people).map(([name, { roles }]) => ({ name, roles })),
    owners: Object.entries(site.authority.owners).map(([gate, people]) => ({ gate, people })),
    openGates: records === undefined ? [] : await openGatesOf(records, site.site, now),
    runbooks: found.map(({ path, absolute, file, source, procedure }) => {
      const states = verified?.get(absolute);
      return { path, file, source, procedure, ...(states === undefined ? {} : { verified: states }) };
    }),
    secrets: Object.entries(site.secrets).map(([name, ref]) => ({
      name,
      ref: 'file' in ref ? { file: resolvePath(ref.file, loaded.directory) } : ref,
    })),
  };
  // Hashes and signatures are compared with what lies elsewhere: they hold no secret and must not be touched.
  const { key: verifier, siteFile } = picture;
  return {
    picture: { ...redactAll(picture, redact), key: verifier, siteFile },
    evidence: drills?.evidence ?? new Map(),
  };
}

type PostgresConfig = Extract<LoadedSite['site']['assets'][string], { readonly postgres: object }>['postgres'];

function postgresOf({ url, cluster }: PostgresConfig): NonNullable<AssetPicture['postgres']> {
  if (cluster === undefined) return { url };
  const { data, port, socket, account } = cluster;
  return {
    url,
    cluster: {
      data,
      port,
      ...(socket === undefined ? {} : { socket }),
      ...(account === undefined ? {} : { account }),
    },
  };
}

function storeOf(name: string, store: StoreConfig): StorePicture {
  const { engine, tier, password, path, sftp } = store;
  const remote = sftp !== undefined;
  return { name, engine, tier, password, remote, repository: remote ? `sftp:${sftp}` : (path ?? '') };
}

function targetOf(name: string, target: TargetConfig): TargetPicture {
  const identity = Object.entries(target.identity).flatMap(([fact, value]) =>
    value === undefined ? [] : [{ fact, value }],
  );
  return { name, identity, live: target.live, ...reachOf(target) };
}

function reachOf(target: TargetConfig): Pick<TargetPicture, 'kind' | 'reach'> {
  if ('ssh' in target) {
    const port = target.port === undefined ? [] : ['-p', String(target.port)];
    const jump = target.jump === undefined ? [] : ['-J', target.jump];
    return { kind: 'ssh', reach: ['ssh', ...port, ...jump, target.ssh].map(shellWord).join(' ') };
  }
  if ('docker' in target) {
    return { kind: 'docker', reach: [target.program, 'exec', '-it', target.docker, 'sh'].map(shellWord).join(' ') };
  }
  if ('kubernetes' in target) {
    const { context, namespace, pod, container } = target.kubernetes;
    const flags = Object.entries({ '--context': context, '--namespace': namespace, '--container': container });
    const given = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]));
    return {
      kind: 'kubernetes',
      reach: ['kubectl', ...given, 'exec', '-it', pod, '--', 'sh'].map(shellWord).join(' '),
    };
  }
  return { kind: 'local', reach: target.account === undefined ? 'sh' : `su - ${shellWord(target.account)}` };
}
