import type { Document } from 'yaml';
import type { Snippet } from '../types.ts';
import { argvSnippet } from './argv.ts';
import { type Mapped, snippetOf } from './mapped.ts';
import { at, followed, isMap, isSeq, readYaml, scalarOf, scalarText, type YamlSource } from './yaml-source.ts';

const scripts = /^(?:run|script|before_script|after_script|shell|ansible\.builtin\.shell|raw|ansible\.builtin\.raw)$/;
const lines = /^(?:command|ansible\.builtin\.command|cmd)$/;

/** The shell steps of a GitHub or GitLab workflow and of an Ansible playbook. Undefined when the text cannot be read at all. */
export function findInWorkflow(text: string): Snippet[] | undefined {
  const source = readYaml(text);
  if (source === undefined) return undefined;
  const found: Snippet[] = [];
  for (const document of source.documents) visit(document.contents, source, document, found, 0);
  return found;
}

function visit(node: unknown, source: YamlSource, document: Document.Parsed, found: Snippet[], depth: number): void {
  const here = followed(node, document);
  if (depth > 60) return;
  if (isSeq(here)) for (const item of here.items) visit(item, source, document, found, depth + 1);
  if (!isMap(here)) return;
  for (const { key, value } of here.items) {
    const name = scalarOf(key) ?? '';
    if (scripts.test(name) || lines.test(name)) found.push(...step(name, value, source));
    else visit(value, source, document, found, depth + 1);
  }
}

const about = { place: 'host' } as const;

function step(name: string, node: unknown, source: YamlSource): Snippet[] {
  if (isSeq(node)) {
    const words = node.items.flatMap((item) => scalarText(item, source) ?? []);
    if (lines.test(name)) return [argvSnippet(words, about)].filter((snippet) => snippet !== undefined);
    return words.map((line) => snippetOf('sh', expressions(line), about));
  }
  if (isMap(node)) {
    const argv = at(node, 'argv');
    if (argv !== undefined) return step('command', argv, source);
    return ['cmd', '_raw_params'].flatMap((key) => step(name, at(node, key), source));
  }
  const line = scalarText(node, source);
  return line === undefined || /^(?:bash|sh|pwsh|python|cmd|powershell)$/.test(line.text)
    ? []
    : [snippetOf('sh', expressions(line), about)];
}

/** `${{ x }}` is put in before the shell sees it: left as the template `{{ x }}`. */
function expressions({ text, offsets }: Mapped): Mapped {
  if (!text.includes('${{')) return { text, offsets };
  const kept: number[] = [];
  for (let at = 0; at < text.length; at += 1) if (!text.startsWith('${{', at)) kept.push(at);
  return {
    text: kept.map((at) => text[at]).join(''),
    offsets: [...kept.map((at) => offsets[at] ?? 0), offsets[text.length] ?? 0],
  };
}
