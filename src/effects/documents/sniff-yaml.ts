import type { Language } from '../types.ts';

/** Whether a text is one of the YAML or JSON files whose commands are known here. */
export function isManifest(text: string): boolean {
  return sniffYaml(text) !== undefined;
}

/** Which of them; undefined for settings of any other kind. */
export function sniffYaml(text: string): Language | undefined {
  const head = text.slice(0, 400_000);
  if (/^[ \t-]*["']?apiVersion["']?[ \t]*:[ \t]*\S/m.test(head) && /^[ \t{]*["']?kind["']?[ \t]*:[ \t]*\S/m.test(head))
    return 'kubernetes';
  if (/^\s*\{\s*"apiVersion"\s*:/.test(head)) return 'kubernetes';
  if (
    /^kind:[ \t]*[A-Z]\w+[ \t]*$/m.test(head) &&
    /^(?:metadata|spec|data|stringData|rules|subjects|roleRef):/m.test(head)
  )
    return 'kubernetes';
  if (
    /^services:[ \t]*(?:#.*)?$/m.test(head) &&
    /^[ \t]+(?:image|build|command|entrypoint|deploy|ports|volumes|environment|restart|depends_on|extends|container_name):/m.test(
      head,
    )
  )
    return 'compose';
  if (/^jobs:[ \t]*(?:#.*)?$/m.test(head) && /^[ \t]+(?:- )?(?:run|runs-on|uses|steps):/m.test(head)) return 'workflow';
  if (/^[ \t]*- (?:run|uses):[ \t]*\S/m.test(head) || /^[ \t]*- name:[^\n]*\n[ \t]+(?:run|uses):/m.test(head))
    return 'workflow';
  if (
    /^- (?:hosts|name|import_playbook):/m.test(head) &&
    /^[ \t]+(?:hosts|tasks|become|register|when|(?:ansible\.\w+\.)?(?:shell|command|file|copy|template|service|systemd|apt|raw|script)):/m.test(
      head,
    )
  )
    return 'workflow';
  if (/^[\w.-]+:[ \t]*$/m.test(head) && /^[ \t]+(?:script|before_script|after_script):[ \t]*$/m.test(head))
    return 'workflow';
  return undefined;
}
