import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { describe, expect, inject, it } from 'vitest';
import * as profile from '../../src/profile/index.js';
import * as sensor from '../../src/sensor/index.js';

/** What browsers have too. Everything else of Node.js is missing, `process` and `Buffer` above all. */
const { AbortController, clearTimeout, crypto, performance, setTimeout, TextDecoder, TextEncoder } =
  globalThis;
const { btoa, clearInterval, setInterval } = globalThis;
const browser = {
  ...{ AbortController, btoa, clearInterval, clearTimeout, console, crypto, performance },
  ...{ setInterval, setTimeout, TextDecoder, TextEncoder },
};

const full = inject('full');

/** Bundles a program with everything it imports, as for a web page. */
async function bundle(program: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: full, loader: 'ts' },
    bundle: true,
    format: 'iife',
    globalName: 'page',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    ...options,
    write: false,
  });
  // What is loaded only when it is needed, the names that inspect() tells, is a file of its own.
  const loaded = outputFiles.filter(({ path }) => !path.includes('assigned-names'));
  return loaded.map(({ text }) => text).join('');
}

describe('in a browser', () => {
  it('the core and the simulator run', async () => {
    const script = await bundle(`
      import { heartRate, defineSink, sendTo, parseSamples, serializeSample } from 'liveheartrate';
      import { simulatedCentral } from 'liveheartrate/simulator';

      let lines = '';
      const sink = defineSink({
        name: 'page',
        limits: { records: 10, bytes: 10_000, recordBytes: 1_000 },
        send: async (records) => {
          for (const { data } of records) lines += new TextDecoder().decode(data);
          return records.map(() => undefined);
        },
      }, { maxLatency: 0 });
      export const count = new Promise((resolve, reject) => {
        const subscription = heartRate(simulatedCentral({ speed: 1_000 })).pipe(sendTo(sink)).subscribe({
          next: async ({ sequence }) => {
            if (sequence < 4) return;
            subscription.unsubscribe();
            await sink.close();
            resolve(parseSamples(lines).samples.length);
          },
          error: reject,
        });
      });`);
    const page = runInNewContext(`${script}; page`, { ...browser }) as { count: Promise<number> };
    expect(await page.count).toBe(5);
  });

  it('all of the sensor side with Web Bluetooth takes at most 8 KiB, and nothing of Node.js', async () => {
    const names = [...Object.keys(profile), ...Object.keys(sensor), 'serializeSample'];
    const script = await bundle(
      `export { ${names} } from 'liveheartrate'; export * from 'liveheartrate/web-bluetooth';`,
      { format: 'esm', minify: true, external: ['rxjs'], splitting: true, outdir: full },
    );
    expect(script).not.toContain('node:');
    expect(gzipSync(script).length).toBeLessThanOrEqual(8 * 1024);
  });

  it('what needs Node.js is refused when it is bundled', async () => {
    await expect(bundle(`export * from 'liveheartrate/file';`)).rejects.toThrow('node:fs/promises');
  });
});
