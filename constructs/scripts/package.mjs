// Packs the constructs into dist/: for npm and for Python, and as sources for Java and for .NET.
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const pacmak = createRequire(import.meta.url).resolve('jsii-pacmak/bin/jsii-pacmak');
const outdir = process.argv[2] ?? join(folder, 'dist');

/** @param {string[]} args */
function pack(args) {
  const { status } = spawnSync(process.execPath, [pacmak, '--outdir', outdir, ...args], {
    cwd: folder,
    stdio: 'inherit',
    // It works there too, and says at length that it may not for ever.
    env: {
      ...process.env,
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
    },
  });
  if (status !== 0) throw new Error('jsii could not pack the constructs: see above.');
}

await rm(outdir, { recursive: true, force: true });
pack(['--target', 'js', '--target', 'python']);
// To compile these takes a JDK and a .NET SDK.
pack(['--target', 'java', '--target', 'dotnet', '--code-only']);
