import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect } from 'vitest';
import { type FileSinkOptions, fileSink } from '../../../src/file/index.js';
import { type HeartRateSample, parseSamples } from '../../../src/sample/index.js';
import type { Settlement } from '../../../src/sink/index.js';
import { soon } from '../../support/soon.js';

/** Answers the path of `ride.jsonl` in a folder of the test's own, which is empty, and removed after it. */
export function freshRide(): () => string {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rotation-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => join(folder, 'ride.jsonl');
}

/** A sink, and how to hand it samples and wait until they are settled. */
export function openSink(options: FileSinkOptions) {
  const sink = fileSink(options);
  const settled: Settlement[] = [];
  sink.settled$.subscribe((settlement) => settled.push(settlement));
  return {
    settled,
    close: () => sink.close(),
    async write(...samples: HeartRateSample[]) {
      for (const sample of samples) sink.accept(sample);
      await sink.flush();
    },
  };
}

/** Opens a sink, writes with it, and closes it, as one run of a process does. */
export async function runOnce(
  options: FileSinkOptions,
  ...samples: HeartRateSample[]
): Promise<Settlement[]> {
  const { write, close, settled } = openSink(options);
  await write(...samples);
  await close();
  return settled;
}

/** The text of a file, compressed or not. */
export async function textOf(path: string): Promise<string> {
  const data = await readFile(path);
  return (path.endsWith('.gz') ? gunzipSync(data) : data).toString();
}

/** The sequence numbers in each file of the folder, by the name of the file; every line has to be a sample. */
export async function sequences(folder: string): Promise<Record<string, number[]>> {
  const found: Record<string, number[]> = {};
  for (const name of (await readdir(folder)).sort()) {
    const { samples, rejected } = parseSamples(await textOf(join(folder, name)));
    expect(rejected).toEqual([]);
    found[name] = samples.map(({ sequence = Number.NaN }) => sequence);
  }
  return found;
}

/** Waits for a compression in the background. */
export const untilNames = (folder: string, names: readonly string[]) =>
  soon(async () => expect((await readdir(folder)).sort()).toEqual([...names].sort()));
