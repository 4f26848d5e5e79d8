import type { Document } from 'yaml';
import type { Label, Snippet } from '../types.ts';
import { argvSnippet } from './argv.ts';
import { imageCommand } from './image.ts';
import { type Mapped, piece, snippetOf } from './mapped.ts';
import { at, followed, isMap, isSeq, itemsOf, readYaml, scalarOf, scalarText, type YamlSource } from './yaml-source.ts';

/** The services of a compose file: that each is made, and what it will run. Undefined when the text cannot be read at all. */
export function findInCompose(text: string): Snippet[] | undefined {
  const source = readYaml(text);
  if (source === undefined) return undefined;
  const found: Snippet[] = [];
  for (const document of source.documents) {
    const services = followed(at(document.contents, 'services'), document);
    if (!isMap(services)) continue;
    for (const { key, value } of services.items) {
      const service = followed(value, document);
      const range = (key as { range?: readonly number[] } | null)?.range;
      if (!isMap(service) || range === undefined) continue;
      const around = {
        effects: effectsOf(service),
        why: `service ${scalarOf(key) ?? ''}: a container is made and started${powerOf(service)}`,
      };
      found.push(snippetOf('compose', piece(text, range[0] ?? 0, range[1] ?? 0), { place: 'here', around }));
      found.push(...commandsOf(service, source, document));
    }
  }
  return found;
}

function effectsOf(service: unknown): Label[] {
  return powerOf(service) === '' ? ['write'] : ['write', 'privilege'];
}

/** Why a service has power over the machine, when it has. */
function powerOf(service: unknown): string {
  if (scalarOf(at(service, 'privileged')) === 'true') return '; privileged';
  for (const key of ['pid', 'ipc', 'network_mode', 'userns_mode']) {
    if (scalarOf(at(service, key)) === 'host' && key !== 'network_mode') return `; ${key} of the host`;
  }
  if (
    itemsOf(at(service, 'cap_add')).some((item) => /^(?:CAP_)?(?:ALL|SYS_[A-Z]+|NET_ADMIN)$/.test(scalarOf(item) ?? ''))
  ) {
    return '; added capabilities';
  }
  for (const volume of itemsOf(at(service, 'volumes'))) {
    const from = scalarOf(at(volume, 'source')) ?? scalarOf(volume) ?? '';
    if (/(?:docker|containerd|podman|crio)\.sock/.test(from)) return '; the socket of the container engine';
    if (/^\/(?:etc|root|boot|dev|proc|sys|var\/lib\/docker)?\/?(?::|$)/.test(from))
      return '; a system directory of the host';
  }
  return '';
}

function commandsOf(service: unknown, source: YamlSource, document: Document.Parsed): Snippet[] {
  const about = { place: 'container' } as const;
  const entrypoint = words(at(service, 'entrypoint'));
  const command = words(at(service, 'command'));
  const found: (Snippet | undefined)[] = [];
  const image = scalarText(at(service, 'image'), source);
  if (entrypoint.list.length > 0) found.push(argvSnippet([...entrypoint.list, ...command.list], about));
  else if (command.list.length > 0) found.push(argvSnippet(imageCommand(image, command.list), about));
  for (const line of [entrypoint.line, command.line]) if (line !== undefined) found.push(snippetOf('sh', line, about));
  found.push(healthcheck(at(service, 'healthcheck', 'test')));
  for (const hook of ['post_start', 'pre_stop']) {
    for (const item of itemsOf(at(service, hook))) {
      const { list, line } = words(at(item, 'command'));
      found.push(line === undefined ? argvSnippet(list, about) : snippetOf('sh', line, about));
    }
  }
  return found.filter((snippet) => snippet !== undefined);

  /** A list of words, or one line that is parted like a shell parts it. */
  function words(node: unknown): { list: readonly Mapped[]; line?: Mapped } {
    const given = followed(node, document);
    if (isSeq(given)) return { list: given.items.flatMap((item) => dollars(scalarText(item, source)) ?? []) };
    const line = dollars(scalarText(given, source));
    return line === undefined || line.text.trim() === '' ? { list: [] } : { list: [], line };
  }

  function healthcheck(node: unknown): Snippet | undefined {
    const { list, line } = words(node);
    if (line !== undefined) return snippetOf('sh', line, about);
    const [how, script] = list;
    if (how?.text === 'CMD-SHELL' && script !== undefined) return snippetOf('sh', script, about);
    return how?.text === 'CMD' ? argvSnippet(list.slice(1), about) : undefined;
  }
}

/** `$$` is how a compose file writes one dollar. */
function dollars(line: Mapped | undefined): Mapped | undefined {
  if (line === undefined || !line.text.includes('$$')) return line;
  const offsets: number[] = [];
  let text = '';
  for (let at = 0; at < line.text.length; at += 1) {
    text += line.text[at] ?? '';
    offsets.push(line.offsets[at] ?? 0);
    if (line.text[at] === '$' && line.text[at + 1] === '$') at += 1;
  }
  return { text, offsets: [...offsets, line.offsets[line.text.length] ?? 0] };
}
