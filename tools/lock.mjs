// npm leaves packages for other systems out of the lock file when the registry does not serve them to this one, and then
// `npm ci` refuses the file everywhere. Adds what lacks; with --check only says so.
import { readFileSync, writeFileSync } from 'node:fs';
import { root } from './node.mjs';

const path = `${root}package-lock.json`;
const lock = JSON.parse(readFileSync(path, 'utf8'));
const lacking = missing(lock.packages);

for (const { name, version, of } of lacking) console.log(`${name}@${version}, for ${of}`);
if (process.argv.includes('--check')) {
  if (lacking.length > 0) console.error('package-lock.json lacks the packages above: run `node tools/lock.mjs`.');
  process.exit(lacking.length === 0 ? 0 : 1);
}

for (const { name, version, from } of lacking) {
  lock.packages[`node_modules/${name}`] = {
    version,
    ...where('cpu', architecture(name)),
    ...(from.dev === true ? { dev: true } : {}),
    ...where('libc', /musl/.test(name) ? 'musl' : /-gnu/.test(name) ? 'glibc' : undefined),
    ...(from.license === undefined ? {} : { license: from.license }),
    optional: true,
    ...where('os', system(name)),
    ...(from.engines === undefined ? {} : { engines: from.engines }),
  };
}
const { '': own, ...others } = lock.packages;
const sorted = Object.entries(others).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = { '': own, ...Object.fromEntries(sorted) };
if (lacking.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);

/** Optional packages that a package names by an exact version and the lock file does not hold. */
function missing(packages) {
  const found = [];
  for (const [of, from] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(from.optionalDependencies ?? {})) {
      if (!/^\d/.test(version) || `node_modules/${name}` in packages || `${of}/node_modules/${name}` in packages)
        continue;
      found.push({ name, version, of, from });
    }
  }
  return found;
}

/** Names of such packages say where they run; npm skips them elsewhere without asking the registry. */
function system(name) {
  return ['android', 'darwin', 'freebsd', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'linux'].find((os) =>
    name.includes(os),
  );
}

function architecture(name) {
  return (
    ['arm64', 'riscv64', 'ppc64', 's390x', 'loong64', 'mips64el', 'ia32', 'x64', 'wasm32'].find((cpu) =>
      name.includes(cpu),
    ) ?? (/-arm(v7|-|$)/.test(name) ? 'arm' : undefined)
  );
}

function where(key, value) {
  return value === undefined ? {} : { [key]: [value] };
}
