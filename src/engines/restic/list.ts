import { z } from 'zod';
import type { Bench, Snapshot } from '../types.ts';
import { callRestic } from './call.ts';
import { parseDocument, SnapshotLine } from './messages.ts';
import type { Place } from './place.ts';
import { decodeTags, snapshotHost, tagFilter } from './tags.ts';

const limitMs = 10 * 60_000;

/** Snapshots that Holdfast wrote and that carry all these tags, oldest first. Takes no lock: snapshots are written whole. */
export async function list(
  place: Place,
  filter: Readonly<Record<string, string>>,
  bench: Bench,
): Promise<readonly Snapshot[]> {
  const { finished } = await callRestic(
    place,
    {
      what: `Listing store ${place.store}`,
      args: () => ['snapshots', '--json', '--no-lock', `--host=${snapshotHost}`, ...tagFilter(filter)],
      limitMs,
    },
    bench,
  );
  return parseDocument(z.array(SnapshotLine).nullable(), finished, place)?.map(toSnapshot) ?? [];
}

function toSnapshot(line: SnapshotLine): Snapshot {
  return {
    id: line.id,
    time: new Date(line.time),
    tags: decodeTags(line.tags ?? []),
    paths: line.paths ?? [],
    ...(line.original === undefined ? {} : { original: line.original }),
  };
}
