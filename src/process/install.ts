import { readFileSync } from 'node:fs';
import { findProgram } from './path.ts';

export const packageManagers = ['apt', 'dnf', 'brew'] as const;
export type PackageManager = (typeof packageManagers)[number];

/** The packages that bring a program, by package manager. */
export type Packages = Readonly<Record<PackageManager, readonly string[]>>;

/** The one command that installs packages on this system; undefined when nothing is to be installed or no manager is known. */
export function installCommand(wanted: readonly Packages[]): string | undefined {
  const manager = packageManager();
  if (manager === undefined) return undefined;
  const names = [...new Set(wanted.flatMap((packages) => packages[manager]))];
  if (names.length === 0) return undefined;
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  if (manager === 'brew') return `brew install ${names.join(' ')}`;
  if (manager === 'dnf') return `${sudo}dnf install -y ${names.join(' ')}`;
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${names.join(' ')}`;
}

/** What installs software here. */
export function packageManager(): PackageManager | undefined {
  if (process.platform === 'darwin') return findProgram('brew') === undefined ? undefined : 'brew';
  if (findProgram('apt-get') !== undefined) return 'apt';
  if (findProgram('dnf') !== undefined) return 'dnf';
  return undefined;
}

/** Name and version of the system for a person: `Debian GNU/Linux 12 (bookworm)`, `macOS`. */
export function systemName(): string {
  if (process.platform === 'darwin') return 'macOS';
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}
