import type { Language } from '../types.ts';

const tags: Readonly<Record<string, Language | 'yaml' | 'sniff'>> = {
  ...of(
    'sh',
    'bash sh shell zsh ksh dash fish ash csh tcsh bash-session shell-session shellsession sh-session console terminal shellscript powershell ps1 pwsh bat cmd command commandline cli bashrc',
  ),
  ...of('sql', 'sql psql postgresql postgres pgsql plpgsql mysql mariadb sqlite sqlite3 tsql plsql cql'),
  ...of('yaml', 'yaml yml json jsonc json5 k8s kubernetes helm compose docker-compose'),
  ...of('dockerfile', 'dockerfile docker containerfile'),
  ...of('crontab', 'crontab cron'),
  ...of(
    'sniff',
    'ini conf config systemd text txt plain plaintext output log prompt none code env dotenv properties toml',
  ),
  ...of('markdown', 'markdown md mdx'),
  ...of(
    'prose',
    'python py python3 javascript js typescript ts tsx jsx go golang rust java kotlin ruby rb php c cpp csharp cs html xml css scss mermaid diff patch graphql http csv tsv promql logql logfmt plantuml dot lua perl swift scala r hcl terraform nginx apache vim latex tex groovy jinja jinja2',
  ),
};

/** What the word after a fence says; `sniff` where it leaves that open. */
export function languageOfTag(tag: string): Language | 'yaml' | 'sniff' {
  return (Object.hasOwn(tags, tag) ? tags[tag] : undefined) ?? 'sniff';
}

function of<Kind extends Language | 'yaml' | 'sniff'>(kind: Kind, words: string): Record<string, Kind> {
  return Object.fromEntries(words.split(' ').map((word) => [word, kind]));
}
