import { z } from 'zod';
import { version as holdfastVersion } from '../lib/version.ts';
import { childAccount, currentAccount } from '../process/account.ts';
import { installCommand, systemName } from '../process/install.ts';
import { postgresInstallations } from '../process/postgres-programs.ts';
import { type FoundProgram, findPrograms, isOlder, postgresMinimum, postgresPackages } from '../process/programs.ts';
import { probeIsolation } from '../process/sandbox.ts';
import { SiteGates, siteGates } from './doctor/site-gates.ts';
import { defineOperation, type Style } from './types.ts';

const Program = z.object({
  name: z.string(),
  purpose: z.string(),
  needed: z.boolean().describe('Without it the main work cannot be done'),
  state: z.enum(['present', 'too-old', 'unusable', 'missing']),
  version: z.string().optional(),
  minimum: z.string(),
  path: z.string().optional(),
  problem: z.string().optional().describe('Why it cannot be used'),
});
type Program = z.infer<typeof Program>;

const Diagnosis = z.object({
  ready: z.boolean().describe('Everything that the main work needs is there'),
  system: z.object({ name: z.string(), node: z.string(), holdfast: z.string() }),
  programs: z.array(Program),
  install: z.string().optional().describe('The one command that installs what lacks'),
  isolation: z.object({ level: z.enum(['sandbox', 'process']), reason: z.string(), howToAllow: z.string() }),
  account: z.object({
    holdfast: z.string().describe('Who runs Holdfast'),
    children: z.string().describe('Who runs the programs it drives'),
  }),
  gates: SiteGates.optional().describe('Absent where there is no site file'),
});
type Diagnosis = z.infer<typeof Diagnosis>;

/** `holdfast doctor`: what is there, which version, what for, what lacks, and the one command that mends it. */
export const doctor = defineOperation({
  name: 'doctor',
  title: 'Look at the programs, the isolation and the account that Holdfast works with',
  description:
    'Names every program that Holdfast drives with its version and what it is for, what lacks and the one command that installs it. ' +
    'Starts a sandbox to see how far a drill can be kept apart from production on this machine, and says how to allow more. ' +
    'Where there is a site file, names the gates that are closed and that its assets and runbooks need, with the command that opens ' +
    'each. Changes nothing.',
  input: z.object({}),
  output: Diagnosis,
  permission: 'system.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [{ command: 'doctor', does: 'says what is there and what lacks' }],
  async handle({ services }) {
    const [diagnosis, gates] = await Promise.all([diagnose(), siteGates(services)]);
    return gates === undefined ? diagnosis : { ...diagnosis, gates };
  },
  text,
  exit: (diagnosis) => (diagnosis.ready ? 'ok' : 'unavailable'),
});

async function diagnose(): Promise<Diagnosis> {
  const [found, servers, isolation, children] = await Promise.all([
    findPrograms(),
    postgresInstallations(),
    probeIsolation(),
    childAccount(),
  ]);
  const current = currentAccount();
  const postgres = postgresRows(servers);
  const lacking = found.filter((program) => program.needed && program.state !== 'present');
  const lacksPostgres = !postgres.some((program) => program.state === 'present');
  const install = installCommand([
    ...lacking.map(({ spec }) => spec.packages),
    ...(lacksPostgres ? [postgresPackages] : []),
  ]);
  return {
    ready: lacking.length === 0 && !lacksPostgres,
    system: { name: systemName(), node: process.versions.node, holdfast: holdfastVersion },
    programs: [...found.map(programRow), ...postgres],
    ...(install === undefined ? {} : { install }),
    isolation,
    account: { holdfast: current.name, children: children.name },
  };
}

function programRow({ spec, state, needed, ...rest }: FoundProgram): Program {
  return { name: spec.name, purpose: spec.purpose, minimum: spec.minimum, state, needed, ...rest };
}

function postgresRows(servers: Awaited<ReturnType<typeof postgresInstallations>>): Program[] {
  const common = { name: 'postgresql', needed: true, minimum: String(postgresMinimum) };
  if (servers.length === 0) {
    return [{ ...common, purpose: 'dumps, restores and proves databases', state: 'missing' }];
  }
  return servers.map(({ major, version, bin, hasAmcheck }) => ({
    ...common,
    purpose: `dumps, restores and proves databases of version ${major}${hasAmcheck ? '' : '; without pg_amcheck, so pages and indexes are not checked'}`,
    state: isOlder(version, common.minimum) ? 'too-old' : 'present',
    version,
    path: bin,
  }));
}

function text(diagnosis: Diagnosis, style: Style): string {
  const { system, account, isolation } = diagnosis;
  const names = Math.max(...diagnosis.programs.map(({ name }) => name.length));
  const lines = [
    style.bold(`Holdfast ${system.holdfast} on ${system.name}, Node ${system.node}`),
    '',
    ...diagnosis.programs.map((program) => programLine(program, names, style)),
    '',
    `Isolation  ${isolation.level === 'sandbox' ? style.green('sandbox') : style.yellow('process')}: ${isolation.reason}`,
    ...(isolation.howToAllow === '' ? [] : [`           ${isolation.howToAllow}`]),
    `Account    ${account.holdfast === account.children ? `everything runs as ${account.holdfast}` : `Holdfast runs as ${account.holdfast}, the programs it drives as ${account.children}`}`,
    ...(diagnosis.gates === undefined ? [] : ['', ...gateLines(diagnosis.gates, style)]),
    '',
    diagnosis.ready
      ? style.green('Everything that Holdfast needs is there.')
      : style.red('Something that Holdfast needs lacks.'),
  ];
  if (diagnosis.install !== undefined) lines.push(`Install it with: ${style.bold(diagnosis.install)}`);
  return lines.join('\n');
}

function gateLines({ site, mode, closed, problem }: SiteGates, style: Style): string[] {
  const lines = problem === undefined ? [] : [`${style.yellow('!')} ${problem}`];
  const daily = closed.filter((one) => one.daily);
  const others = closed.filter((one) => !one.daily);
  const alone = style.dim(mode === 'solo' ? ' (solo: one person decides alone)' : ' (a team: owners sign)');
  const list = (title: string, listed: SiteGates['closed']) => {
    if (listed.length === 0) return;
    lines.push(
      title,
      ...listed.flatMap(({ gate, for: by, open }) => [`  ○ ${gate} for ${by.join(', ')}`, `      ${open}`]),
    );
  };
  if (daily.length === 0 && problem === undefined) lines.push(`Gates      what ${site} needs from day to day is open`);
  list(`Closed, and ${style.bold(site)} needs them from day to day${alone}:`, daily);
  list('Closed until the day they are needed:', others);
  return lines;
}

function programLine(program: Program, width: number, style: Style): string {
  const { name, state, version, minimum, path, problem, purpose } = program;
  const mark = state === 'present' ? style.green('✔') : program.needed ? style.red('✘') : style.yellow('○');
  const said = {
    present: version ?? '',
    'too-old': `${version} is too old, ${minimum} is needed`,
    unusable: problem ?? 'unusable',
    missing: 'missing',
  }[state];
  return `  ${mark} ${name.padEnd(width)}  ${said.padEnd(10)}  ${purpose}${path === undefined ? '' : style.dim(`  ${path}`)}`;
}
