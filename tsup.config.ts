import { defineConfig } from 'tsup';

/** One entry for each subpath of the package; what two of them share lands in common chunks. */
const subpaths = ['noble', 'simulator', 'kinesis', 'firehose', 'file', 'lambda', 'local'];

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    cli: 'src/cli/index.ts',
    ...Object.fromEntries(subpaths.map((name) => [name, `src/${name}/index.ts`])),
  },
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'neutral',
  splitting: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  clean: true,
  treeshake: true,
  external: [/^node:/, /^@abandonware\//, /^@stoprocent\//],
});
