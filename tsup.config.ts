import { defineConfig } from 'tsup';
import packageJson from './package.json' with { type: 'json' };
import { buildPage } from './scripts/page.mjs';

const subpaths = [
  ...['noble', 'web-bluetooth', 'simulator', 'recording'],
  ...['kinesis', 'firehose', 'file', 'opensearch', 'lambda', 'serving', 'local', 'dashboard', 'testing'],
];

/** One entry for each subpath of the package; what two of them share lands in common chunks. */
export const library: Record<string, string> = {
  index: 'src/index.ts',
  ...Object.fromEntries(subpaths.map((name) => [name, `src/${name}/index.ts`])),
};

export default defineConfig({
  entry: { ...library, cli: 'src/cli/index.ts' },
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'neutral',
  splitting: true,
  dts: { entry: library, compilerOptions: { ignoreDeprecations: '6.0' } },
  clean: true,
  define: { 'process.env.LIVEHEARTRATE_VERSION': JSON.stringify(packageJson.version) },
  treeshake: true,
  // Runtimes other than Node.js know its modules by this prefix alone.
  removeNodeProtocol: false,
  // Where a module lies, which CommonJS calls otherwise.
  esbuildOptions(options, { format }) {
    if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': '__filename' };
  },
  external: [/^node:/, /^@abandonware\//, /^@stoprocent\//],
  // After that, since it empties the folder first.
  onSuccess: buildPage,
});
