import { z } from 'zod';
import { type Effects, labels, languages } from '../../effects/types.ts';

const Span = z.object({
  start: z.number().describe('Offset in UTF-16 units, from 0'),
  end: z.number().describe('Offset after its last character'),
  line: z.number().describe('From 1'),
  column: z.number().describe('In UTF-16 units, from 1'),
});

/** Only files have them: where to look, for whoever reads the commands of several files in one list. */
const where = {
  file: z.string().optional().describe('The file it stands in'),
  line: z.number().optional().describe('The line of that file'),
};

/** The judgement of one text. */
export const Explained = z.object({
  taken: z.enum(['command', 'file', 'input', 'text']).describe('What the text was taken for'),
  file: z.string().optional().describe('The file, as it was given'),
  language: z.enum(languages).describe('What the text was read as'),
  effects: z.array(z.enum(labels)).describe('The union over all commands'),
  commands: z.array(
    z.object({
      text: z.string(),
      effects: z.array(z.enum(labels)),
      place: z
        .enum(['here', 'host', 'container', 'pod', 'database'])
        .describe('Where it runs, seen from whoever types it'),
      span: Span,
      why: z.string().describe('The rule that decided'),
      ...where,
    }),
  ),
  findings: z.array(z.object({ code: z.string(), message: z.string(), span: Span, ...where })),
  failing: z.array(z.enum(labels)).optional().describe('Effects that --fail-on names and the text has'),
});
export type Explained = z.output<typeof Explained>;

/** A judgement as it is shown and sent: secrets are masked, files have their lines. */
export function shown(
  judged: Effects,
  redact: (text: string) => string,
  file?: string,
): Pick<Explained, 'effects' | 'commands' | 'findings'> {
  const located = (line: number) => (file === undefined ? {} : { file, line });
  return {
    effects: [...judged.effects],
    commands: judged.commands.map(({ text, effects, place, span, why }) => ({
      text: redact(text),
      effects: [...effects],
      place,
      span,
      why: redact(why),
      ...located(span.line),
    })),
    findings: judged.findings.map(({ code, message, span }) => ({
      code,
      message: redact(message),
      span,
      ...located(span.line),
    })),
  };
}
