import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const CLIENT = fileURLToPath(new URL('../../../src/opensearch/client.ts', import.meta.url));

it('a bundle of the client has the signer in it, and no AWS SDK, though one is installed', async () => {
  const { metafile, outputFiles } = await build({
    ...{ entryPoints: [CLIENT], bundle: true, minify: true, platform: 'node' },
    ...{ write: false, metafile: true, logLevel: 'silent' },
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.some((path) => path.includes('/aws4/'))).toBe(true);
  expect(inputs.filter((path) => /@aws-sdk|@smithy/.test(path))).toEqual([]);
  expect(outputFiles[0]?.contents.length).toBeLessThan(320 * 1_024);
});
