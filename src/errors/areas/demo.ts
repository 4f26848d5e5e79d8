import { defineErrors } from '../define.ts';

export const demoErrors = defineErrors({
  'demo-gates-closed': {
    title: 'The demo may not begin',
    message: 'The demo cannot do without {gates}.',
    why: 'Nothing acts while its gate is closed, in the demo as anywhere. What it opens is open in its own directory alone.',
    hint: 'Name them too, or press Enter for all that it needs; `holdfast demo --yes` asks nothing.',
    state: 'Nothing was made and nothing was opened.',
    status: 403,
    exit: 'refused',
  },
  'demo-directory-not-empty': {
    title: 'The directory for the demo is not empty',
    message: '{directory} is there and is not empty.',
    why: 'The demo destroys what it made; it starts only where there is nothing of anybody else.',
    hint: 'Name a new directory, or remove this one if it is left over from an earlier demo.',
    state: 'Nothing was changed.',
    status: 409,
    exit: 'refused',
  },
  'demo-directory-out-of-reach': {
    title: 'The demo’s account cannot reach its directory',
    message: 'The account {account} cannot enter {directory}.',
    why: 'PostgreSQL refuses to run as root, so its server runs as {account}, who must be able to enter every directory above its data.',
    hint: 'Name a directory that everybody can reach, such as one below /var/tmp.',
    state: 'Nothing was made.',
    status: 409,
    exit: 'refused',
  },
  'demo-database-not-filled': {
    title: 'The demo’s database could not be filled',
    message: 'psql ended with {exit} while the demo filled its database.',
    why: 'The server went away, the disk is full, or the database was not empty.',
    hint: 'Run it again with --verbose and look at what psql said. Free space if the disk is full.',
    state: 'A half-filled database of the demo; it goes with the demo’s directory.',
    status: 500,
    exit: 'failed',
  },
  'demo-world-not-ours': {
    title: 'This is not a demo that this run made',
    message: 'Refused to destroy {directory}: {reason}.',
    why: 'The disaster of the demo is real. It strikes only a directory with the marker that this run wrote there, and only the server of that directory.',
    hint: 'Start a new demo in a new directory.',
    state: 'Nothing was killed and nothing was removed.',
    status: 409,
    exit: 'refused',
  },
});
