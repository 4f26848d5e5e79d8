import type { Snippet } from '../types.ts';
import { type About, cutter, type Mapped, snippetOf } from './mapped.ts';

/**
 * A command given as a list of words, as one shell command. The script of `sh -c SCRIPT` is a snippet of its own, so that its
 * offsets stay those of the document. Undefined for an empty list.
 */
export function argvSnippet(argv: readonly Mapped[], about: About): Snippet | undefined {
  if (argv.length === 0) return undefined;
  return snippetOf('sh', scriptOf(argv) ?? commandLine(argv), about);
}

const shells = /^(?:\/(?:usr\/(?:local\/)?)?bin\/)?(?:sh|bash|ash|dash|zsh|ksh|mksh)$/;

/** The script that a shell is handed: `sh -c`, `bash -ec`, `bash -o pipefail -c`; through `busybox` and `env` as well. */
function scriptOf(argv: readonly Mapped[]): Mapped | undefined {
  const [first] = argv;
  const at = first !== undefined && /^(?:\/(?:usr\/)?bin\/)?(?:busybox|env)$/.test(first.text) ? 1 : 0;
  if (!shells.test(argv[at]?.text ?? '')) return undefined;
  for (let index = at + 1; index < argv.length; index += 1) {
    const word = argv[index]?.text ?? '';
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(word)) {
      const script = argv.slice(index + 1).find(({ text }) => !/^-[a-zA-Z]/.test(text) && text !== '--');
      return script;
    }
    if (/^[-+][a-zA-Z]*o$/.test(word)) index += 1;
    else if (!/^[-+]/.test(word)) return undefined;
  }
  return undefined;
}

function commandLine(argv: readonly Mapped[]): Mapped {
  const cut = cutter('');
  for (const [index, word] of argv.entries()) {
    if (index > 0) cut.put(' ', word.offsets[0] ?? 0);
    quote(cut, word);
  }
  return cut.done();
}

const bare = /^(?:[\w@%+=:,./-]|[^\x00-\x7f]|\{\{[^{}'"`\\]*\}\}|<[\w-]+>)+$/;
const variable = /^(?:[\w@%+=:,./-]|\$\{\w+\}|\$\w+|[^\x00-\x7f])+$/;

/** One word as a shell must be given it. Templates and placeholders stay visible; variables stay variables. */
function quote(cut: ReturnType<typeof cutter>, word: Mapped): void {
  const { text, offsets } = word;
  if (bare.test(text)) {
    cut.add(word);
    return;
  }
  const first = offsets[0] ?? 0;
  if (variable.test(text)) {
    cut.put('"', first);
    cut.add(word);
    cut.put('"', offsets[text.length] ?? first);
    return;
  }
  cut.put("'", first);
  let done = 0;
  for (let at = text.indexOf("'"); at >= 0; at = text.indexOf("'", at + 1)) {
    cut.add({ text: text.slice(done, at), offsets: offsets.slice(done, at + 1) });
    cut.put("'\\''", offsets[at] ?? first);
    done = at + 1;
  }
  cut.add({ text: text.slice(done), offsets: offsets.slice(done) });
  cut.put("'", offsets[text.length] ?? first);
}
