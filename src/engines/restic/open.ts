import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Store } from '../types.ts';
import { copy } from './copy.ts';
import { expire } from './expire.ts';
import { facts } from './facts.ts';
import { fetch } from './fetch.ts';
import { keep } from './keep.ts';
import { list } from './list.ts';
import { type OpenOptions, type Place, placeOf } from './place.ts';
import { prepare } from './prepare.ts';
import { verify } from './verify.ts';

/** Stores opened here, so that a copy can reach the other repository behind the interface. */
const places = new WeakMap<Store, Place>();

/** Opens a restic repository of the site file. Nothing is read until it is used. */
export function open(options: OpenOptions): Store {
  const place = placeOf(options);
  const store: Store = {
    name: options.name,
    facts,
    location: place.location,
    prepare: (bench, like) => prepare(place, like === undefined ? undefined : placeBehind(like, store), bench),
    keep: (request, bench) => keep(place, request, bench),
    list: (filter, bench) => list(place, filter, bench),
    fetch: (snapshot, into, bench, how = {}) => fetch(place, snapshot, into, how, bench),
    verify: (how, bench) => verify(place, how, bench),
    expire: (policy, how, bench) => expire(place, policy, how, bench),
    copyFrom: (from, snapshots, bench) => copy(place, placeBehind(from, store), snapshots, bench),
  };
  places.set(store, place);
  return store;
}

function placeBehind(other: Store, own: Store): Place {
  const place = places.get(other);
  if (place === undefined) throw new HoldfastError('store-kinds-differ', { store: own.name, from: other.name });
  return place;
}
