import type { Label, Place } from '../types.ts';

/** What is known of a group of tools that belong together: one file each, `export const <name>: Family`. Pure data, reviewed by eye. */
export interface Family {
  /** The file's name without `.ts`. */
  readonly name: string;
  /** One line for the documents. */
  readonly title: string;
  readonly tools: readonly Tool[];
}

export type Labels = Label | readonly Label[];

/**
 * How a tool reads its words.
 * - `gnu` (default): clustered shorts (`-rf`), `--long value`, `--long=value`, longs may be abbreviated, options anywhere, `--` ends them.
 * - `pflag`: the same without abbreviations (kubectl, docker, helm, most Go and Python tools).
 * - `bsd`: the same, and the first word may be a cluster without a dash (`tar xzf`, `ps aux`).
 * - `go`: one dash for long options (`-destroy`, `-var=x`); two are accepted as the same. No clusters (terraform, vault, consul).
 * - `words`: any word with one dash or more is an option, `values` say which take the next word, nothing is clustered (find, openssl, java).
 * - `plain`: no options at all, every word is an operand (echo, dd, test).
 */
export type OptionStyle = 'gnu' | 'pflag' | 'bsd' | 'go' | 'words' | 'plain';

/** A command line's condition. All that is named must hold. Lists of options are words parted by spaces: any of them. Keep patterns linear. */
export interface When {
  /** Any of these options is given: `'-r -R --recursive'`. */
  readonly option?: string;
  /** And its value matches (an absent value is ''). */
  readonly value?: RegExp;
  /** And any of these as well. */
  readonly also?: string;
  /** None of these options is given. */
  readonly without?: string;
  /** Some operand matches. Operands are the words after the subcommand that are not options nor their values. */
  readonly operand?: RegExp;
  /** No operand matches. */
  readonly noOperand?: RegExp;
  /** The first operand matches. */
  readonly first?: RegExp;
  /** The last operand matches. */
  readonly last?: RegExp;
  /** At least, at most so many operands. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Something is given on standard input: a pipe, a heredoc, a file. */
  readonly input?: boolean;
}

export interface Rule {
  readonly when: When;
  /** Put in the place of the labels so far. */
  readonly set?: Labels;
  /** Put beside the labels so far. */
  readonly add?: Labels;
  readonly why: string;
  readonly finding?: { readonly code: string; readonly message: string };
}

/** A language that can be carried inside a command line. */
export type Payload =
  | 'command' // words as they are: sudo, env, timeout, docker exec
  | 'sh' // text for a shell; several words are joined by spaces first: sh -c, ssh, watch, su -c
  | 'sql'
  | 'python'
  | 'perl'
  | 'ruby'
  | 'node'
  | 'php'
  | 'awk'
  | 'redis'
  | 'mongo'
  | 'crontab'
  | 'kubernetes';

/** Another command or program inside this one. Where nothing is found in any of `from`, nothing is carried. */
export interface Carries {
  /**
   * - `rest`: all words after the options and after `skip` operands; options are read only up to there. `after--`: what follows `--`.
   * - `option`: the value of these options. `operand`: one operand, from 0. `input`: standard input.
   * - `file`, `fileOperand`: a file named by these options, by this operand: read when it is at hand, else unknown.
   */
  readonly from:
    | 'rest'
    | 'after--'
    | 'input'
    | { readonly option: string }
    | { readonly operand: number }
    | { readonly file: string }
    | { readonly fileOperand: number };
  readonly as: Payload;
  /** Operands before the command: 1 for `timeout 5 CMD`, `ssh HOST CMD`, `docker exec NAME CMD`. */
  readonly skip?: number;
  /** Leading `NAME=value` words are assignments: env, sudo. */
  readonly assignments?: boolean;
  /** Where it runs, when that is not where the tool runs. */
  readonly place?: Place;
  readonly dialect?: 'postgresql' | 'mysql' | 'sqlite' | 'other';
  readonly when?: When;
}

/** What a tool, or one of its subcommands, does. */
export interface Verb {
  /** Labels without any rule. Absent on a group of subcommands: alone it prints its help, `none`. */
  readonly is?: Labels;
  /** Why, in one line, as it is shown: 'deletes files'. */
  readonly why?: string;
  /** Options that take a value as the next word: `'-n --namespace -o'`. Those of the tool hold for its subcommands too. */
  readonly values?: string;
  /** Other options worth knowing, so that abbreviations are told apart: `'--force-with-lease'`. Options in rules and `values` are known. */
  readonly flags?: string;
  /** Options whose literal value is a credential: a finding, no label. `--password`, `--token` and their like are known for every tool. */
  readonly credentials?: string;
  /** Applied in order after `is`; those of the tool before those of the subcommand. */
  readonly rules?: readonly Rule[];
  /** The tool really honours it: labels become `read`. Only where that is documented. */
  readonly dryRun?: When;
  /** More options that only print help (`--help` always does): `'-h'`. */
  readonly help?: string;
  /** More options that only print a version (`--version` always does): `'-V'`. */
  readonly version?: string;
  /** Operands are files whose contents it shows: a well-known credential file adds `secret`. */
  readonly reads?: boolean;
  /** The last operand is written: `all` when each is. A device or a system file makes it destroy. */
  readonly writes?: 'last' | 'all';
  /** Where its effect lies, when that is not where it is typed. */
  readonly place?: Place;
  readonly carries?: readonly Carries[];
  /** A group whose next word need not be a subcommand. */
  readonly operands?: boolean;
  /** What a subcommand that is not listed means. Default: unknown, with the finding `unknown-subcommand`. */
  readonly unlisted?: { readonly is: Labels; readonly why: string };
  /** What data cannot say, written in shell/special/. */
  readonly special?: Special;
}

/** A tool: the entry of a family. */
export interface Tool extends Verb {
  /** Its name and others that mean the same. Tools that differ in nothing may share an entry. */
  readonly names: readonly [string, ...string[]];
  readonly style?: OptionStyle;
  /**
   * Subcommands by their path: `'volume rm|remove'`. `|` parts aliases, a space descends, `*` at the end of a word stands for any rest
   * (`'* describe-*|list-*'`). An exact word wins over a pattern. A group needs no entry of its own.
   */
  readonly commands?: Readonly<Record<string, Verb>>;
  /** Command lines with exactly the labels expected: run through the engine by a test. At least one. */
  readonly examples: readonly (readonly [command: string, ...labels: Label[]])[];
}

/** Names of the escapes in shell/special/. */
export type Special =
  | 'alias'
  | 'archive'
  | 'assign'
  | 'awk'
  | 'copy'
  | 'crontab'
  | 'dd'
  | 'docker-run'
  | 'echo'
  | 'env'
  | 'eval'
  | 'find'
  | 'git-push'
  | 'http'
  | 'iptables'
  | 'kubectl-apply'
  | 'kubectl-exec'
  | 'kubectl-scale'
  | 'mongo'
  | 'parallel'
  | 'printf'
  | 'redis'
  | 'rsync'
  | 'scp'
  | 'sed'
  | 'source'
  | 'ssh'
  | 'tar'
  | 'trap'
  | 'xargs';
