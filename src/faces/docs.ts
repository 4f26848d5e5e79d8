import { siteJsonSchema } from '../config/site-json-schema.ts';
import { commandsPage } from './docs/commands.ts';
import { effectsPage } from './docs/effects.ts';
import { enginesPage } from './docs/engines.ts';
import { errorsPage } from './docs/errors.ts';
import { httpPage } from './docs/http.ts';
import { optionsPage } from './docs/options.ts';

/**
 * Every page of docs/ that is made from code, by its path. `npm run docs` writes them; a page that differs from what is
 * made here fails the check of the house.
 */
export async function generateDocs(): Promise<Readonly<Record<string, string>>> {
  const { operations } = await import('../operations/api.ts');
  return {
    'docs/commands.md': commandsPage(operations),
    'docs/effects.md': await effectsPage(),
    'docs/engines.md': await enginesPage(),
    'docs/errors.md': errorsPage(),
    'docs/holdfast.schema.json': `${JSON.stringify(siteJsonSchema(), null, 2)}\n`,
    'docs/http.md': httpPage(operations),
    'docs/options.md': optionsPage(),
  };
}
