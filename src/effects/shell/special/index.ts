import type { Special } from '../../knowledge/types.ts';
import type { Call, Session } from '../session.ts';
import type { Verdict } from '../verdict.ts';
import { copyPlaces, dd, rsync, scp, tar } from './copies.ts';
import { crontab } from './crontab.ts';
import { mongo, redis } from './data-shells.ts';
import { dockerRun } from './docker-run.ts';
import { find, parallel, xargs } from './find.ts';
import { gitPush } from './git-push.ts';
import { http } from './http.ts';
import { iptables } from './iptables.ts';
import { kubectlApply, kubectlExec, kubectlScale } from './kubernetes.ts';
import { alias, assignWords, echo, env, evaluate, printf, source, trap } from './shell-words.ts';
import { ssh } from './ssh.ts';
import { awk, sed } from './text.ts';

type SpecialCase = (call: Call, own: Verdict, session: Session) => void;

const nothing: SpecialCase = () => {};

/** What data cannot say, by the name that the data uses. */
export const specials: Readonly<Record<Special, SpecialCase>> = {
  alias,
  archive: nothing,
  assign: assignWords,
  awk,
  copy: copyPlaces,
  crontab,
  dd,
  'docker-run': dockerRun,
  echo,
  env,
  eval: evaluate,
  find,
  'git-push': gitPush,
  http,
  iptables,
  'kubectl-apply': kubectlApply,
  'kubectl-exec': kubectlExec,
  'kubectl-scale': kubectlScale,
  mongo,
  parallel,
  printf,
  redis,
  rsync,
  scp,
  sed,
  source,
  ssh,
  tar,
  trap,
  xargs,
};
