import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { withFolder } from '../folder.mjs';

const source = fileURLToPath(new URL('../../src/local', import.meta.url));

/**
 * What writes the Parquet files of an archive, from its source: it is in no public part of the package, and through
 * that 100 million samples would take hours.
 * @returns {Promise<any>}
 */
export const loadWriter = () =>
  withFolder(async (folder) => {
    const outfile = `${folder}/writer.mjs`;
    await build({
      stdin: {
        contents: "export * from './parquet-table.js'; export * from './duckdb.js';",
        resolveDir: source,
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile,
      logLevel: 'error',
    });
    return import(outfile);
  });
