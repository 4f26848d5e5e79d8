import type { Document } from 'yaml';
import type { Label, Snippet } from '../types.ts';
import { argvSnippet } from './argv.ts';
import { imageCommand } from './image.ts';
import { chaosGroups, kinds, localKinds } from './kinds.ts';
import { type Mapped, piece, snippetOf } from './mapped.ts';
import {
  at,
  followed,
  isMap,
  isSeq,
  itemsOf,
  pairOf,
  readYaml,
  scalarOf,
  scalarText,
  type YamlSource,
} from './yaml-source.ts';

/**
 * The objects of a manifest, each with what making it does, and the commands that its containers, hooks, probes and scripts will
 * run. Undefined when the text cannot be read at all.
 */
export function findInKubernetes(text: string): Snippet[] | undefined {
  const source = readYaml(text);
  if (source === undefined) return undefined;
  const found: Snippet[] = [];
  for (const document of source.documents) objectSnippets(document.contents, { source, document, found, depth: 0 });
  return found;
}

interface Walk {
  readonly source: YamlSource;
  readonly document: Document.Parsed;
  readonly found: Snippet[];
  readonly depth: number;
}

/** Deeper than this, no object of a cluster goes. */
const deepest = 60;

function objectSnippets(node: unknown, walk: Walk): void {
  const items = pairOf(node, 'items')?.value;
  if (isSeq(items) && scalarOf(at(node, 'kind'))?.endsWith('List') === true && walk.depth < 5) {
    for (const item of items.items) objectSnippets(followed(item, walk.document), { ...walk, depth: walk.depth + 1 });
    return;
  }
  const kind = pairOf(node, 'kind') ?? pairOf(node, 'apiVersion');
  if (kind === undefined) return;
  const around = aroundOf(node, walk);
  const from = kind.key.range?.[0] ?? 0;
  const to = kind.value?.range?.[1] ?? kind.key.range?.[1] ?? from;
  if (around !== undefined) {
    walk.found.push(snippetOf('kubernetes', piece(walk.source.text, from, to), { place: 'here', around }));
  }
  if (scalarOf(at(node, 'kind')) === 'ConfigMap') dataScripts(node, walk);
  commandsIn(node, walk);
}

type Around = NonNullable<Snippet['around']>;

function aroundOf(node: unknown, walk: Walk): Around | undefined {
  const kind = scalarOf(at(node, 'kind')) ?? '';
  const group = scalarOf(at(node, 'apiVersion')) ?? '';
  if (localKinds.has(kind)) return undefined;
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const effects = new Set<Label>(known?.effects ?? ['write']);
  const reasons = [known?.why ?? 'makes or changes an object of the cluster'];
  const add = (label: Label, why: string) => {
    effects.add(label);
    reasons.push(why);
  };
  if (kind === 'Secret' && scalarOf(at(node, 'type'))?.includes('service-account-token') === true) {
    add('privilege', 'a token that signs in as a service account');
  }
  if (chaosGroups.test(group)) add('disrupt', 'breaks what runs on purpose');
  if (scalarOf(at(node, 'spec', 'replicas')) === '0') add('disrupt', 'scales to zero');
  if (kind === 'Node' && scalarOf(at(node, 'spec', 'unschedulable')) === 'true') add('disrupt', 'cordons the node');
  if (kind === 'CronJob' && scalarOf(at(node, 'spec', 'suspend')) === 'true') reasons.push('suspended');
  if (kind === 'Restore' && group.startsWith('velero.io')) {
    add('destroy', 'restores over what is there');
    add('disrupt', 'what is restored is replaced');
  }
  if (scalarOf(at(node, '$patch')) === 'delete') add('destroy', 'a patch that deletes');
  const power = powerOf(node, walk.document);
  if (power !== undefined) add('privilege', power);
  return { effects: [...effects], why: `${kind || 'object'}: ${reasons.join('; ')}` };
}

/** Why a workload has power over its node, when it has. */
export function powerOf(node: unknown, document: Document.Parsed, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  const here = followed(node, document);
  if (isSeq(here)) {
    for (const item of here.items) {
      const found = powerOf(item, document, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isMap(here)) return undefined;
  for (const { key, value } of here.items) {
    const name = scalarOf(key) ?? '';
    const text = scalarOf(value);
    if (text === 'true' && /^(?:privileged|hostPID|hostNetwork|hostIPC|allowPrivilegeEscalation)$/.test(name))
      return `${name}`;
    if (name === 'hostPath' && isMap(value)) return 'reaches into the file system of its node';
    if (
      name === 'add' &&
      itemsOf(value).some((item) => /^(?:CAP_)?(?:ALL|SYS_[A-Z]+|NET_ADMIN)$/.test(scalarOf(item) ?? ''))
    ) {
      return 'added capabilities';
    }
    const found = powerOf(value, document, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Values of a ConfigMap that are programs, mounted or not. */
function dataScripts(node: unknown, { source, found }: Walk): void {
  const data = at(node, 'data');
  if (!isMap(data)) return;
  for (const { key, value } of data.items) {
    const text = scalarText(value, source);
    if (text === undefined) continue;
    const name = scalarOf(key) ?? '';
    if (/\.(?:sh|bash|ksh)$/.test(name) || /^\s*#!\s*\S*\b(?:sh|bash|ash|dash|ksh|zsh)\b/.test(text.text)) {
      found.push(snippetOf('sh', text, { place: 'pod', name }));
    } else if (/\.(?:sql|psql)$/.test(name)) found.push(snippetOf('sql', text, { place: 'database', name }));
  }
}

/** Every container, hook, probe and script step below a node. */
function commandsIn(node: unknown, walk: Walk): void {
  if (walk.depth > deepest) return;
  const here = followed(node, walk.document);
  const deeper = { ...walk, depth: walk.depth + 1 };
  if (isSeq(here)) for (const item of here.items) commandsIn(item, deeper);
  if (!isMap(here)) return;
  const image = at(here, 'image');
  const words = [...wordsOf(at(here, 'command'), walk), ...wordsOf(at(here, 'args'), walk)];
  if (words.length > 0 && (image !== undefined || at(here, 'name') !== undefined || !isTopLevel(walk))) {
    const own = wordsOf(at(here, 'command'), walk).length > 0;
    const argv = own ? words : imageCommand(scalarText(image, walk.source), words);
    const snippet = argvSnippet(
      argv.map((word) => withVariables(word, here)),
      { place: 'pod' },
    );
    if (snippet !== undefined) walk.found.push(snippet);
  }
  for (const name of ['script', 'source']) {
    const script = image === undefined ? undefined : scalarText(at(here, name), walk.source);
    if (script !== undefined) walk.found.push(snippetOf('sh', script, { place: 'pod' }));
  }
  for (const { key, value } of here.items) {
    if (!/^(?:command|args|script|source|data|stringData|binaryData|env)$/.test(scalarOf(key) ?? ''))
      commandsIn(value, deeper);
  }
}

function isTopLevel({ depth }: Walk): boolean {
  return depth === 0;
}

/** A list of words, or one word alone where a list belongs. */
function wordsOf(node: unknown, { source, document }: Walk): Mapped[] {
  const list = followed(node, document);
  const items = isSeq(list) ? list.items : list === undefined ? [] : [list];
  return items.flatMap((item) => scalarText(followed(item, document), source) ?? []);
}

/** `$(NAME)` of a container's own environment is put in by the cluster, not by a shell. */
function withVariables(word: Mapped, container: unknown): Mapped {
  if (!word.text.includes('$(')) return word;
  const names = new Set(itemsOf(at(container, 'env')).map((item) => scalarOf(at(item, 'name'))));
  const text = word.text.replace(/\$\((\w+)\)/g, (whole, name: string) => (names.has(name) ? `\${${name}}` : whole));
  return { text, offsets: word.offsets };
}
