import { z } from 'zod';
import { Site } from './site.ts';

/** JSON Schema (draft 2020-12) of the site file as a person writes it, for editors. */
export function siteJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(Site, { io: 'input', unrepresentable: 'any' });
  const { $schema, ...rest } = schema;
  return {
    $schema,
    title: 'Holdfast site file',
    description: 'What Holdfast protects, where, and what was promised',
    ...rest,
  };
}
