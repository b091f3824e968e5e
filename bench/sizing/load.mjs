import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const source = fileURLToPath(new URL('../../constructs/src/sizing', import.meta.url));

/**
 * The formulas of the constructs, from their source: they need nothing else of the package to be built.
 * @returns {Promise<any>}
 */
export async function loadSizing() {
  const modules = ['sizing', 'workload', 'indexer', 'nodes', 'stream'].map(
    (name) => `export * from './${name}';`,
  );
  const { outputFiles } = await build({
    stdin: { contents: modules.join('\n'), resolveDir: source, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['aws-cdk-lib'],
    write: false,
    logLevel: 'silent',
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, module.exports, require);
  return module.exports;
}
