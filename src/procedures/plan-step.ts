import type { Site } from '../config/site.ts';
import { explain } from '../effects/explain.ts';
import { gatesFor, isEffect } from '../gates/gates-for.ts';
import type { Effect, Gate } from '../gates/types.ts';
import { sha256 } from '../lib/hash.ts';
import { mask } from '../lib/redact.ts';
import { shellWord } from '../lib/shell-word.ts';
import { effectsOf, resolveStep } from '../runbooks/resolve.ts';
import type { Step } from '../runbooks/types.ts';
import type { Target } from '../targets/types.ts';
import type { AutoLevel } from './input.ts';
import type { Values } from './values.ts';
import { type Places, placesOf, type World } from './world.ts';

/** A command as it would run now, with what is known. */
export interface Resolved {
  /** Complete, and perhaps with secrets in it: for the target alone. */
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** The command with what its variables hold, for those who decide about it: `rm -rf "$DIR"` says nothing without it. No secret value is in it. */
  readonly shown: string;
  readonly effects: readonly Effect[];
  readonly gates: readonly Gate[];
  readonly places: Places;
  /** Parameters that have no value. */
  readonly missing: readonly string[];
  /** Why it cannot be run safely with these values. */
  readonly problems: readonly string[];
}

/** Resolves a command with the values known now and judges what it would do with them. Throws `target-unknown`. */
export function resolve(step: Step, world: World, values: Values): Resolved {
  const places = placesOf(step, world);
  const { command, env, missing, problems } = resolveStep(step, values.texts());
  const inText = step.parameters.filter((name) => values.isSecret(name) && !Object.hasOwn(env, name));
  const effects = effectsOf(step, values.texts()).filter(isEffect);
  const sql = step.language === 'sql';
  const whole = sql ? throughPsql(command) : command;
  const variables = sql ? { ...values.connection(), ...env } : env;
  return {
    command: whole,
    env: variables,
    shown: [...Object.entries(variables).map(([name, value]) => assignment(name, value, values)), whole].join('\n'),
    effects,
    gates: gatesFor(effects, [...step.places, ...places.targets.map(({ kind }) => placeOf[kind])]),
    places,
    missing: missing.filter((name) => !values.isLeftToTarget(name)),
    problems: [
      ...problems,
      ...inText.map(
        (name) => `${name} holds what must stay hidden: refer to it as $${name}, so that it is no part of the command`,
      ),
    ],
  };
}

/** On one line, whatever the value holds. */
function assignment(name: string, value: string, values: Values): string {
  if (values.isSecret(name)) return `${name}=${mask}`;
  if (!value.includes('\n')) return `${name}=${shellWord(value)}`;
  return `${name}=$'${value.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

/** SQL is handed to psql as it is; it stops at the first error. How to connect is in the environment, as libpq reads it. */
function throughPsql(sql: string): string {
  // dash loses a byte of a line that begins like the end and goes on with a letter outside of ASCII: no SQL begins like this.
  const end = `_END_OF_SQL_${sha256(sql).slice(0, 16)}`;
  return `psql -X -v ON_ERROR_STOP=1 -f - <<'${end}'\n${sql}\n${end}`;
}

const placeOf = { local: 'host', ssh: 'host', docker: 'container', kubernetes: 'pod' } as const;

const dangerous: ReadonlySet<Effect> = new Set(['destroy', 'remote-delete', 'unknown', 'disrupt']);

/** Asked about even where all runs by itself, and the name of its target must be typed. */
export function isDangerous(effects: readonly Effect[]): boolean {
  return effects.some((effect) => dangerous.has(effect));
}

/** What must be kept of a live target first. */
export function destroys(effects: readonly Effect[]): boolean {
  return effects.includes('destroy') || effects.includes('remote-delete');
}

/** What the site asks to keep of a target before anything destroys there. */
export interface Keeping {
  readonly name: string;
  readonly command: string;
  readonly effects: readonly Effect[];
  readonly gates: readonly Gate[];
}

/** Where the text says that a step runs, when nothing told Holdfast a target: whoever decides must see both. */
export function placeInText({ target, annotations }: Pick<Step, 'target' | 'annotations'>): string | undefined {
  return annotations.target === undefined ? target : undefined;
}

/** Of a live target; nothing is kept of another, and nothing of one for which the site asks nothing. */
export function keepingOf({ targets }: Pick<Site, 'targets'>, { name, kind, live }: Target): readonly Keeping[] {
  const asked = Object.hasOwn(targets, name) ? (targets[name]?.['before-destroy'] ?? []) : [];
  return (live ? asked : []).map((kept) => {
    const effects = explain(kept.run, { language: 'sh' }).effects.filter(isEffect);
    return { name: kept.name, command: kept.run, effects, gates: gatesFor(effects, [placeOf[kind]]) };
  });
}

/** Whether a step runs without somebody saying so. */
export function runsByItself(effects: readonly Effect[], auto: AutoLevel): boolean {
  if (auto === 'none') return false;
  if (auto === 'read') return effects.every((effect) => effect === 'none' || effect === 'read');
  return !isDangerous(effects);
}
