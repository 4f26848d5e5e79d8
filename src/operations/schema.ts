import { z } from 'zod';
import { defineOperation } from './types.ts';

export const schema = defineOperation({
  name: 'schema',
  title: 'Print the JSON Schema of the site file',
  description:
    'Editors that know YAML complete and check a site file with it. Put this line at the top of holdfast.yaml: ' +
    '# yaml-language-server: $schema=./holdfast.schema.json',
  input: z.strictObject({}),
  output: z.record(z.string(), z.unknown()).describe('A JSON Schema, draft 2020-12'),
  permission: 'site.read',
  effects: ['none'],
  faces: ['cli', 'http'],
  examples: [{ command: 'schema > holdfast.schema.json', does: 'writes it where editors look for it' }],
  async handle() {
    const { siteJsonSchema } = await import('../config/site-json-schema.ts');
    return { ...siteJsonSchema() };
  },
  text: (output) => JSON.stringify(output, null, 2),
});
