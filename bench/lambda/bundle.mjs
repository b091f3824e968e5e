import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Modules of CommonJS ask for those of Node.js by it. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Bundles a function as one does for Lambda.
 * @param {string} name of its file
 * @param {string} folder where it goes
 * @returns {Promise<{ file: string, bytes: number }>}
 */
export async function bundle(name, folder) {
  const file = join(folder, name);
  await build({
    entryPoints: [fileURLToPath(new URL(`functions/${name}`, import.meta.url))],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    logLevel: 'error',
  });
  return { file, bytes: statSync(file).size };
}
