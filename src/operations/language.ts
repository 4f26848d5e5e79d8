import type { Site } from '../config/site.ts';
import type { Services } from './services.ts';

/** The language of what is written here: as it was asked for, else that of the site, else English where no site file can be read. */
export async function languageOf(services: Pick<Services, 'options' | 'site'>): Promise<Site['language']> {
  return services.options.language ?? (await services.site().catch(() => undefined))?.site.language ?? 'en';
}
