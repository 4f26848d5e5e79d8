import type { Services } from './services.ts';

/** Whether there are records to look into. A database is made at first use; looking is no reason to make one. */
export async function hasRecords({ options }: Pick<Services, 'options'>): Promise<boolean> {
  if (options.store !== undefined || options.storeFile !== undefined) return true;
  const { hasPrivateDatabase } = await import('../store/private/exists.ts');
  return await hasPrivateDatabase(options.data);
}
