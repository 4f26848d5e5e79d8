import type { Procedure, ProcedureFinding } from '../types.ts';
import { sentence } from '../words/index.ts';
import { actsOf, at, commands, type Rule, textOf } from './rule.ts';
import { withoutComments } from './stale.ts';

const following =
  /^(?:sudo\s+)?(?:tail\b.*\s(?:-[a-zA-Z0-9]*[fF]\b|--follow)|journalctl\b.*\s(?:-[a-zA-Z]*f|--follow)|(?:docker|podman|kubectl|docker-compose|nerdctl|oc|stern|aws|gcloud|heroku|pm2)\b.*\blogs?\b.*\s(?:-f|--follow|--tail\s*$)|aws\s+logs\s+tail\b.*--follow|kubectl\b.*\s(?:port-forward|proxy)\b|kubectl\b.*\sget\b.*\s(?:-w|--watch)(?:\s|$)|ping\b(?!.*\s-\w*[cwW])|tcpdump\b(?!.*\s-c)|vmstat\s+\d+\s*$|iostat\s+(?:-\S+\s+)*\d+\s*$|redis-cli\b.*--(?:stat|latency)(?:\s|$)|inotifywait\b.*\s-m)/i;
const interactive =
  /^(?:sudo\s+)?(?:top(?!\s+-\w*b)|htop|iotop|less|more|vi|vim|nano|emacs|man|mc|k9s|tmux|screen)(?:\s|$)/;

export const neverEnds: Rule = {
  code: 'never-ends',
  level: 'warning',
  about:
    'A command follows a log, watches, or waits for keys, and does not end by itself: a run stands there until its timeout.',
  find(procedure: Procedure): ProcedureFinding[] {
    return commands(procedure).flatMap((step) => {
      if (step.annotations.timeout !== undefined) return [];
      const act =
        // PING of Redis is no ping.
        actsOf(step).find(
          ({ text, place }) => place !== 'database' && (following.test(text) || interactive.test(text)),
        ) ?? watching(textOf(step));
      if (act === undefined || bounded(step.text, act.offset)) return [];
      const said = sentence(interactive.test(act.text) ? 'never-ends-keys' : 'never-ends');
      return [at(this, step, said, act.offset)];
    });
  },
};

/** `watch CMD` is listed as what it runs. With -g or -e it ends. */
function watching(text: string): { readonly text: string; readonly offset: number } | undefined {
  const match =
    /(?=watch\b|redis-cli\b)(?<=^|[\n;&|(]\s{0,80}|\bsudo\s{1,80})(?:watch\b(?![^\n;|]{0,300}\s-\w*[ge]\b)|redis-cli\b[^\n;|]{0,300}\sMONITOR\b)/i.exec(
      withoutComments(text),
    );
  return match === null ? undefined : { text: 'watch', offset: match.index };
}

/** `timeout 30 tail -f`, `tail -f log | head`, `tail -f log &`, and aliases, which only name it. */
function bounded(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset) + 1).split('\n')[0] ?? '';
  return /\btimeout\s|\|\s*head\b|\|\s*grep\s+(?:-\w*[mq])|&\s*$|^\s*alias\s/.test(line);
}
