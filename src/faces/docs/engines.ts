import { page, table } from './markdown.ts';

/** docs/engines.md: what each engine can do, from the facts that it declares. */
export async function enginesPage(): Promise<string> {
  const { engines } = await import('../../engines/api.ts');
  const all = Object.values(engines);
  return page(
    'Engines',
    'A source engine turns a live asset into files and back; a store engine keeps files as recovery points and gives them back.',
    table(
      [
        'engine',
        'family',
        'assets',
        'programs',
        'parallel restore',
        'point in time',
        'finds a changed byte',
        'expiry dry run',
      ],
      all.map(({ name, family, assets, programs, can }) => [
        `\`${name}\``,
        family,
        assets.join(', '),
        programs.join(', '),
        yes(can.parallelRestore),
        yes(can.pointInTime),
        yes(can.verifyContent),
        yes(can.expireDryRun),
      ]),
    ),
    ...all.flatMap(({ name, title, caveats }) => [
      `## ${name}`,
      `${title}.`,
      ...(caveats.length === 0 ? [] : [caveats.map((caveat) => `- ${caveat}`).join('\n')]),
    ]),
  );
}

function yes(can: boolean): string {
  return can ? 'yes' : '';
}
