import { HoldfastError } from '../errors/holdfast-error.ts';
import { type Copy, type KnownPoint, listPoints } from '../protection/recovery-points.ts';
import type { Queryable } from '../store/types.ts';

/** Which recovery point of an asset, and from which store. */
export interface Choice {
  readonly asset: string;
  /** A recovery point's id; the newest without it. */
  readonly point?: string;
  /** A store's name; the first of the asset's `copies` that holds the point without it. */
  readonly from?: string;
}

/** Only what was chosen: a run's input holds no empty fields. */
export function choiceOf(input: { readonly point?: string | undefined; readonly from?: string | undefined }): {
  readonly point?: string;
  readonly from?: string;
} {
  return {
    ...(input.point === undefined ? {} : { point: input.point }),
    ...(input.from === undefined ? {} : { from: input.from }),
  };
}

export interface ChosenCopy {
  readonly point: KnownPoint;
  readonly copy: Copy;
}

/**
 * Finds the copy to bring back. `order` is the asset's own list of stores: nearest first. Throws `point-unknown` when there is
 * none; a point that is there, but not in the store asked for, says where it is.
 */
export async function chooseCopy(
  database: Queryable,
  site: string,
  choice: Choice,
  order: readonly string[],
): Promise<ChosenCopy> {
  const points = await listPoints(database, site, {
    asset: choice.asset,
    ...(choice.point === undefined ? {} : { id: choice.point }),
  });
  for (const point of points) {
    const copy = copyFrom(point, choice.from, order);
    if (copy !== undefined) return { point, copy };
  }
  const elsewhere = points[0]?.copies.map((copy) => copy.store).join(', ');
  throw new HoldfastError('point-unknown', {
    asset: choice.asset,
    point: choice.point ?? '(newest)',
    where: choice.from === undefined ? '' : ` in ${choice.from}${elsewhere ? `; it is in ${elsewhere}` : ''}`,
  });
}

function copyFrom(point: KnownPoint, from: string | undefined, order: readonly string[]): Copy | undefined {
  if (from !== undefined) return point.copies.find((copy) => copy.store === from);
  const place = (copy: Copy) => (order.includes(copy.store) ? order.indexOf(copy.store) : order.length);
  return [...point.copies].sort((a, b) => place(a) - place(b))[0];
}
