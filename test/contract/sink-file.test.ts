import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSink } from '../../src/file/index.js';
import { parseSamples } from '../../src/sample/index.js';
import { sampleOf } from '../support/samples.js';
import { sinkSuite } from './sink-suite.js';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-sink-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the file sink', () => {
  sinkSuite({
    async open(options) {
      const path = join(folder, `${files++}.jsonl`);
      return { sink: fileSink({ path, ...options }), arrived: () => readFile(path, 'utf8').catch(() => '') };
    },
    openNowhere: () => ({
      sink: fileSink({ path: join(folder, 'no', 'such', 'folder') }),
      message: /ENOENT.*folder exists/,
    }),
  });

  it('appends to a file that is there, and makes a new one for its owner alone', async () => {
    const path = join(folder, 'twice.jsonl');
    for (const sequence of [0, 1]) {
      const sink = fileSink({ path });
      sink.accept(sampleOf(sequence));
      await sink.close();
    }
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('refuses to start without a path', () => {
    for (const path of ['', undefined]) {
      expect(() => fileSink({ path: path as string })).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
      );
    }
  });

  it('loses no line to a torn one that was there before', async () => {
    const path = join(folder, 'torn.jsonl');
    await writeFile(path, '{"timestamp":"2026-11-');
    const sink = fileSink({ path });
    sink.accept(sampleOf(0));
    await sink.close();
    const { samples, rejected } = parseSamples(await readFile(path));
    expect(samples).toEqual([sampleOf(0)]);
    expect(rejected).toHaveLength(1);
  });
});
