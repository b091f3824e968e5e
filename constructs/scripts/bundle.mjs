import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** The Lambda functions that are published with the constructs. */
const FUNCTIONS = ['indexer', 'setup', 'normalize'];

/**
 * Bundles each function into a folder of its own, byte for byte the same for the same sources.
 *
 * @param {string} [outdir] where they go
 */
export const buildFunctions = (outdir) => bundle(FUNCTIONS, { minify: true, ...(outdir && { outdir }) });

/** What of the library the constructs are made from; where it throws, people read it. */
export const buildSchema = () => bundle(['schema'], { minify: false });

/**
 * @param {string[]} names
 * @param {import('esbuild').BuildOptions} options
 */
async function bundle(names, options) {
  const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'));
  await build({
    entryPoints: names.map((name) => ({
      in: join(folder, 'functions', name, 'index.ts'),
      out: `${name}/index`,
    })),
    outdir: join(folder, 'assets'),
    // Nothing in what is written depends on where the sources are.
    absWorkingDir: join(folder, '..'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.LIVEHEARTRATE_VERSION': JSON.stringify(version) },
    // Lambda brings it, where only `require` finds it: `import()` knows no NODE_PATH.
    external: ['@aws-sdk/client-secrets-manager'],
    supported: { 'dynamic-import': false },
    ...options,
  });
}
