import { defineErrors } from '../define.ts';

export const processErrors = defineErrors({
  'program-missing': {
    title: 'Program missing',
    message: 'The program {program} was not found.',
    why: 'It is not installed, or not on the PATH that Holdfast was started with.',
    hint: 'Run `holdfast doctor`: it names the one command that installs what lacks.',
    state: 'Nothing was started.',
    status: 503,
    exit: 'unavailable',
  },
  'program-not-started': {
    title: 'Program not started',
    message: 'The program {program} could not be started: {reason}.',
    why: 'The system refused it: the account that runs it may not read or execute it, its working directory is gone, or the machine is out of processes or memory.',
    hint: 'Mend what the message names. `holdfast doctor` shows which account runs the programs.',
    state: 'The program did no work.',
    status: 503,
    exit: 'unavailable',
  },
  'program-survived': {
    title: 'Program survived its end',
    message: '{program} was killed and is still there (process {pids}).',
    why: 'A process that waits for a disk or a network file system which does not answer cannot be killed, nor can one that took the rights of another user.',
    hint: 'Look at the process with `ps -o pid,stat,wchan,args -p {pids}`, mend the file system or stop it by hand, then start again.',
    state: 'The processes named are still alive; everything else of the program is gone.',
    status: 500,
    exit: 'failed',
  },
  'account-missing': {
    title: 'Account missing',
    message: 'There is no system user {account}.',
    why: 'A program was to run under this account, and neither the system nor its directory service knows it.',
    hint: 'Create it (`useradd --system {account}`), or name another account in the site file.',
    state: 'Nothing was started.',
    status: 503,
    exit: 'unavailable',
  },
  'account-not-allowed': {
    title: 'Account not allowed',
    message: 'Only root can run {program} as {account}; Holdfast runs as {current}.',
    why: 'An ordinary user cannot start programs under another account.',
    hint: 'Start Holdfast as {account}, or as root: it then drops to {account} for this program.',
    state: 'Nothing was started.',
    status: 403,
    exit: 'refused',
  },
});
