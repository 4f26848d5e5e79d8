import { resolvePath } from '../config/paths.ts';
import type { ErrorRecord } from '../errors/holdfast-error.ts';
import { HoldfastError, toErrorRecord } from '../errors/holdfast-error.ts';
import type { Branch, Run, Workflow } from '../execution/types.ts';
import type { Estate, SiteSource } from './estate.ts';
import { exclusively } from './exclusively.ts';
import { type ProtectAssetInput, type ProtectedAsset, protectAsset } from './protect-asset.ts';
import { openSiteStore } from './stores.ts';

export interface ProtectInput {
  readonly source: SiteSource;
  readonly assets: readonly string[];
}

/** How the backup of one asset ended. Success and failure have one shape. */
export interface ProtectResult {
  readonly asset: string;
  readonly protected: ProtectedAsset | null;
  readonly error: Pick<ErrorRecord, 'code' | 'message' | 'why' | 'hint' | 'state'> | null;
}

/**
 * Makes a recovery point of each asset, side by side, and copies it to its other stores. One asset that fails does not keep
 * the others from being protected; the caller sees each.
 */
export function protect(estate: Estate): Workflow<ProtectInput, readonly ProtectResult[]> {
  const branchWorkflow = protectAsset(estate);
  return {
    name: 'protect',
    execute: async (run, input) => {
      await prepareStores(estate, run, input);
      const branches: { readonly asset: string; readonly branch: Branch<ProtectedAsset> }[] = [];
      for (const asset of input.assets) {
        const branch: ProtectAssetInput = { source: input.source, asset };
        branches.push({ asset, branch: await run.branch(asset, branchWorkflow, branch) });
      }
      return await Promise.all(branches.map(({ asset, branch }) => settle(asset, branch)));
    },
  };
}

/**
 * Makes the repositories the first time, one after the other: assets share them. Where recovery points are recorded already, a
 * missing repository means a disk that is not mounted or a path that changed; making a new one there would hide it.
 */
async function prepareStores(estate: Estate, run: Run, { source, assets }: ProtectInput): Promise<void> {
  const { site } = source.site;
  const copies = assets.map((asset) => source.site.assets[asset]?.copies ?? []);
  const [like = ''] = copies[0] ?? [];
  for (const name of new Set(copies.flat())) {
    await run.step(
      {
        name: `prepare:${name}`,
        title: `Open store ${name}`,
        gates: ['backup.run'],
        effects: ['write'],
        target: `store ${name}`,
        summary: (created: boolean) => (created ? 'new repository' : 'found'),
      },
      async (bench) => {
        const store = openSiteStore(estate, source, name);
        const sql = 'select 1 from copies where site = $1 and store = $2 limit 1';
        if ((await estate.database.query(sql, [site, name])).length === 0) {
          const other = name === like ? undefined : openSiteStore(estate, source, like);
          // Two that make one repository at once leave it with two keys, of which no one opens what the other wrote.
          const thing = { store: name, location: locationOf(source, name) };
          const prepared = await exclusively(estate.database, thing, bench, () => store.prepare(bench, other));
          return prepared.created;
        }
        await store.list({ point: 'none' }, bench);
        return false;
      },
    );
  }
}

function locationOf(source: SiteSource, name: string): string {
  const { path, sftp } = source.site.stores[name] ?? {};
  return path === undefined ? (sftp ?? '') : resolvePath(path, source.directory);
}

async function settle(asset: string, branch: Branch<ProtectedAsset>): Promise<ProtectResult> {
  try {
    return { asset, protected: await branch.result(), error: null };
  } catch (thrown) {
    const { code, message, why, hint, state } = toErrorRecord(thrown);
    if (code === 'cancelled') throw thrown;
    return { asset, protected: null, error: { code, message, why, hint, state } };
  }
}

/** The assets asked for, or all; `asset-unknown` names what there is. */
export function selectAssets(source: SiteSource, asked: readonly string[]): string[] {
  const known = Object.keys(source.site.assets);
  for (const asset of asked) {
    if (!known.includes(asset)) {
      throw new HoldfastError('asset-unknown', { site: source.site.site, asset, known: known.join(', ') });
    }
  }
  return asked.length === 0 ? known : [...new Set(asked)];
}
