/** A shell that is started by its name, a path before it or options after it. */
const shell = String.raw`(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|a|k)?sh(?:[ \t]+-[il]+)?`;
const word = String.raw`[^\s|;&<>-][^\s|;&]*|<[^<>\n]{1,60}>`;
/** Options, each with the word that may follow it. */
const options = String.raw`(?:[ \t]+-[^\s|;&]*(?:[ \t]+(?:${word}))?)*`;
const host = String.raw`[\w.@:<>$\{\}\[\]\p{L}-]+`;
/** A line up to its last words; no pipe and nothing after it. */
const rest = String.raw`[^\n|;&]*`;

/** After a tool of containers: what runs something in one. */
const runs = String.raw`${options}(?:[ \t]+(?:compose|container|alloc|tasks?)${options})?[ \t]+(?:exec|run|attach)`;

/** Lines that open a shell elsewhere and stay there. */
const shells = [
  String.raw`-[is]u?(?:[ \t]+-u)?(?:[ \t]+\S+)?|-u[ \t]+\S+[ \t]+-[is]`,
  String.raw`su(?:[ \t]+-l?)?(?:[ \t]+[\w.<>$\{\}-]+)?`,
  shell,
  String.raw`(?:ssh|mosh|plink)[ \t]+(?:-[46AaCfgKkMNnqTtVvXxYy]+[ \t]+|-\w[ \t]+\S+[ \t]+)*${host}(?:[ \t]+-[A-Za-z](?:[ \t]+(?:${word}))?)*(?:[ \t]+ssh${options}[ \t]+${host})?`,
  // Containers: what is run in them is a shell.
  String.raw`(?:docker(?:-compose)?|podman(?:-compose)?|nerdctl|crictl|ctr|kubectl|oc|lxc|incus|nomad|pct|heroku)${runs}(?:[ \t]${rest})?[ \t]${shell}`,
  String.raw`(?:kubectl|oc)${options}[ \t]+rsh(?:[ \t]+-[nc][ \t]+\S+|[ \t]+-[^\s|;&]*=[^\s|;&]*|[ \t]+--?\w+)*[ \t]+(?:${word})(?:[ \t]+${shell})?`,
  String.raw`oc${options}[ \t]+debug(?![^\n]*[ \t]--[ \t])${rest}`,
  String.raw`kubectl${options}[ \t]+debug(?=[^\n]*[ \t](?:-it|-ti|-i|--stdin)\b)(?![^\n]*[ \t]--[ \t])${rest}`,
  String.raw`(?:kubectl|oc)${options}[ \t]+debug[ \t]${rest}[ \t]--[ \t]+(?:chroot[ \t]+\S+(?:[ \t]+${shell})?|${shell})`,
  String.raw`kubectl[ \t]+(?:ssh|node-shell)[ \t]${rest}`,
  // Machines of clouds and of one's own.
  String.raw`gcloud(?![^\n]*(?:--command|[ \t]--[ \t]))[ \t]${rest}compute[ \t]+ssh[ \t]${rest}`,
  String.raw`aws(?![^\n]*--document-name)[ \t]${rest}ssm[ \t]+start-session[ \t]${rest}`,
  String.raw`aws[ \t]${rest}ecs[ \t]+execute-command[ \t]${rest}--command[ \t=]+["']?${shell}["']?${options}`,
  String.raw`az[ \t]+ssh[ \t]+vm[ \t]${rest}|(?:minikube|vagrant)(?![^\n]*[ \t](?:-c|--command|--)[ \t])[ \t]+ssh${rest}`,
  String.raw`(?:docker-machine|tsh|virtctl|multipass|machinectl|fly(?:ctl)?)[ \t]+(?:ssh|shell|login)${options}[ \t]+(?:${word})${options}`,
  String.raw`(?:virsh|virtctl|xl|lxc)[ \t]+console[ \t]${rest}|pct[ \t]+enter[ \t]+\S+|qm[ \t]+terminal[ \t]+\S+|lxc-attach[ \t]+-n[ \t]+\S+`,
  String.raw`(?:arch-)?chroot[ \t]+(?:${word})(?:[ \t]+${shell})?|toolbox(?:[ \t]+enter)?|systemd-nspawn${options}`,
  String.raw`nsenter(?:[ \t]+-[^\s|;&]*(?:[ \t]+(?:\d+|[$<][^\s|;&]*))?)*(?:[ \t]+--)?(?:[ \t]+${shell})?`,
];
/** The same for the prompt of a database. Alone they only begin and end; what is typed into them is no command of a shell. */
const database = [
  String.raw`(?:psql|mysql|mariadb|mongo(?:sh)?)(?![^\n]*[ \t](?:-[A-Zqstn]*[cefVl]|--command|--execute|--eval|--file|<|--version|--list)(?:[ \t=]|$))(?:[ \t]+(?:-\S+|[\w.$<>\{\}"'/:@?=&+][\w.$<>\{\}"'/:@?=&+-]*))*`,
  String.raw`sqlite3(?:[ \t]+-\S+)*(?:[ \t]+[^\s-]\S*)?`,
  String.raw`(?:redis|valkey)-cli(?:[ \t]+-[hpanu][ \t]*\S+)*`,
];
const prompts = [
  ...database,
  String.raw`(?:docker(?:-compose)?|podman(?:-compose)?|nerdctl|kubectl|oc)${runs}[ \t]${rest}[ \t](?:${database.join('|')})`,
  String.raw`telnet[ \t]+\S+(?:[ \t]+\d+)?|s?ftp${options}[ \t]+(?:${word})|cqlsh(?:[ \t]+[\w.:-]+)*|(?:[\w./-]*rails|gitlab-rails)[ \t]+c(?:onsole)?|python3?|irb|iex`,
  String.raw`(?:fdisk|gdisk|cfdisk|parted)[ \t]+(?:\/dev\/\S+|<[^<>\n]{1,60}>)|ipmitool[ \t]${rest}sol[ \t]+activate|kubectl[ \t]+cnpg[ \t]+psql[ \t]${rest}`,
];

const login = lineOf([...shells, ...prompts]);
const shellLogin = lineOf(shells);

/** Whether nothing is typed any more, after some line of a script, into the shell before it. */
export function opensPrompt(script: string): boolean {
  return login.test(flat(script));
}

/** Characters of a login that are enough to know it again. */
const longestPlace = 60;

/** Where a login goes, in a word: the host after `ssh`, a pod, a node; the login itself where that is not said. Undefined where it stays on its machine. */
export function loginPlace(text: string): string | undefined {
  const line = flat(text.trim());
  const place = ssh.exec(line)?.[1] ?? inside.exec(line)?.[1];
  if (place !== undefined && place !== '${X}') return place;
  return away.test(line) ? text.trim().slice(0, longestPlace) : undefined;
}

const ssh =
  /^[ \t]*(?:sudo[ \t]+)?(?:ssh|mosh)[ \t]+(?:-[46AaCfgKkMNnqTtVvXxYy]+[ \t]+|-\w[ \t]+\S+[ \t]+)*(?:[\w.<>${}\p{L}-]+@)?([\w.<>${}\p{L}-]+)(?:[ \t]+-[A-Za-z](?:[ \t]+[^\s-]\S*)?)*[ \t]*$/mu;
/** Programs that open a shell on another machine or in a container, and name it. */
const tools =
  'docker|docker-compose|podman|nerdctl|crictl|kubectl|oc|lxc|incus|gcloud|aws|virsh|virtctl|pct|tsh|machinectl|multipass|docker-machine';
const inside = new RegExp(
  String.raw`^[ \t]*(?:sudo[ \t]+)?(?:${tools})[ \t](?:[^\n|;&]*[ \t])??(?:exec|attach|rsh|debug|ssh|shell|console|enter|start-session)(?:[ \t]+-(?:[nct]|-namespace|-container|-target)[ \t]+\S+|[ \t]+-\S+)*[ \t]+(?:(?:deploy(?:ment)?|sts|statefulset|pod|node|no|ds)(?:/|[ \t]+))?(?:[\w.-]+@)?([\w.<>$\{\}\p{L}-]+)`,
  'mu',
);
/** With those that go elsewhere and do not say where. */
const away = new RegExp(
  String.raw`^[ \t]*(?:sudo[ \t]+)?(?:ssh|mosh|plink|${tools}|ctr|nomad|az|minikube|vagrant|flyctl|fly|heroku)[ \t]`,
);

/**
 * Whether a script opens a shell elsewhere, or a prompt with something meant for it, outside of what it hands over in a here-document. In a
 * step that runs by itself the lines after it would be done here instead.
 */
export function logsIn(script: string): boolean {
  const text = flat(
    script.replace(/<<-?\s*\\?["']?([A-Za-z_]\w*)["']?[^\n]*\n[\s\S]*?^[ \t]*\1[ \t]*$/gm, '<<').trim(),
  );
  const found = login.exec(text);
  return found !== null && (shellLogin.test(text) || found.index + found[0].length < text.length);
}

/** What a command hands over to another stands as one word; no login is longer than 600 characters. */
function flat(text: string): string {
  return text
    .replace(/\$\([^()\n]{0,400}\)|`[^`\n]{1,400}`/g, '${X}')
    .replace(/[ \t]*\\\n[ \t]*/g, ' ')
    .replace(/[^\n]{601,}/g, '-');
}

function lineOf(forms: readonly string[]): RegExp {
  return new RegExp(
    `^[ \\t]*(?:\\w+=\\S+[ \\t]+)*(?:sudo(?:[ \\t]+-[uUgh][ \\t]+\\S+|[ \\t]+-[A-Za-z]+)*[ \\t]+)?(?:${forms.join('|')})[ \\t]*(?:#[^\\n]*)?$`,
    'mu',
  );
}
