import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, take, toArray } from 'rxjs';
import { expect, it } from 'vitest';
import { startLocalPipeline } from '../../../src/local/index.js';
import { heartRate } from '../../../src/sensor/index.js';
import { simulatedCentral } from '../../../src/simulator/index.js';
import { sendTo } from '../../../src/sink/index.js';

it('carries every sample of a session into the index and the archive, once and exactly', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pipeline-'));
  const pipeline = await startLocalPipeline({ directory });
  const central = simulatedCentral({ speed: 5_000, start: new Date('2026-11-23T23:50:00Z') });
  const samples = await lastValueFrom(heartRate(central).pipe(take(1_500), sendTo(pipeline.sink), toArray()));

  const rates = samples.map((sample) => sample.heartRate);
  expect(pipeline.index.count('heart_rate')).toBe(1_500);
  for (const { session, sequence, heartRate: rate, rrIntervals } of samples) {
    const document = pipeline.index.get('heart_rate', `${session}:${sequence}`);
    expect(document).toMatchObject({
      heart_rate: rate,
      ...(rrIntervals.length > 0 && { rr_intervals: rrIntervals }),
    });
  }
  expect(await pipeline.archive.summary(samples[0]?.session ?? '')).toEqual({
    samples: 1_500,
    first: samples[0]?.timestamp,
    last: samples.at(-1)?.timestamp,
    maximum: Math.max(...rates),
    minimum: Math.min(...rates),
    difference: Math.max(...rates) - Math.min(...rates),
    mean: rates.reduce((sum, rate) => sum + rate) / rates.length,
  });
  const rows = await pipeline.archive.query('SELECT rr_intervals FROM heart_rate ORDER BY sequence');
  expect(rows.map((row) => row.rr_intervals ?? [])).toEqual(samples.map(({ rrIntervals }) => rrIntervals));
  await pipeline.close();
  await rm(directory, { recursive: true });
});
