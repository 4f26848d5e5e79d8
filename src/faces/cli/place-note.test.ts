import { expect, test } from 'vitest';
import { placeNote } from './place-note.ts';

const place = { site: '/srv/our site/holdfast.yaml', data: '/srv/data' };
const resume = 'Go on with: holdfast runs resume runbook-1';

test('printed commands mean the place that was given on the command line once a person exported it', () => {
  expect(placeNote(resume, { site: 'x', data: 'y' }, place)).toBe(
    "Before the commands above are pasted: export HOLDFAST_SITE='/srv/our site/holdfast.yaml' HOLDFAST_DATA=/srv/data",
  );
  expect(placeNote(resume, { data: 'y' }, place)).toBe(
    'Before the commands above are pasted: export HOLDFAST_DATA=/srv/data',
  );
});

test('a command in colour is a command', () => {
  expect(placeNote('Go on with: \u001b[1mholdfast runs resume x\u001b[0m', { data: 'y' }, place)).toContain(
    'HOLDFAST_DATA',
  );
});

test('nothing is said where no flag gave a place, no command is printed, or it is printed with its place', () => {
  expect(placeNote(resume, { json: false }, place)).toBeUndefined();
  expect(placeNote('2 runs', { site: 'x' }, place)).toBeUndefined();
  expect(placeNote('holdfast drill --site /a --data /b', { site: 'x' }, place)).toBeUndefined();
});
