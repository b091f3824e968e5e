// Updates package-lock.json. A registry mirror may lack the binaries of other platforms; npm then leaves them out of
// the lock, and `npm ci` refuses it. Their versions are pinned by the packages that name them, at least from below, so
// they are added here.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const systems =
  /(?:^|-)(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|windows|aix)(?:-|$)/;
const processors = /(?:^|-)(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64|wasm32)(?:-|$)/;

spawnSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: root, stdio: 'inherit' });
const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));

for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const [lowest] = /\d+\.\d+\.\d+.*/.exec(version) ?? [];
    if (lock.packages[key] || lowest === undefined) continue;
    const short = name.replace(/^.*\//, '');
    const os = systems.exec(short)?.[1]?.replace('windows', 'win32');
    const cpu = processors.exec(short)?.[1];
    const libc =
      os !== 'linux'
        ? undefined
        : short.includes('musl')
          ? 'musl'
          : short.includes('gnu')
            ? 'glibc'
            : undefined;
    lock.packages[key] = {
      version: lowest,
      ...(cpu && { cpu: [cpu] }),
      ...(parent.dev && { dev: true }),
      ...(libc && { libc: [libc] }),
      ...(parent.license && { license: parent.license }),
      optional: true,
      ...(os && { os: [os] }),
    };
    console.log(`added ${name} ${lowest}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
