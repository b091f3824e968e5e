import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../../src/local/index.js';
import { type HeartRateSample, serializeSample } from '../../../src/sample/index.js';
import { sampleOf } from '../../support/samples.js';

let directory: string;
const opened: Archive[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "archive's "));
});
afterEach(async () => {
  for (const archive of opened.splice(0)) await archive.close().catch(() => undefined);
  await rm(directory, { recursive: true });
});

async function open() {
  const archive = await openArchive(directory);
  opened.push(archive);
  return archive;
}
const lines = (...samples: HeartRateSample[]) => Buffer.from(samples.map(serializeSample).join(''));
const files = async () =>
  (await readdir(directory, { recursive: true })).filter((name) => /\.(parquet|jsonl.*)$/.test(name));

describe('the archive', () => {
  it('answers with every value as it was appended, times as instants', async () => {
    const archive = await open();
    const sample = sampleOf(3, { energyExpended: 7, sensorContact: false, rrIntervals: [615.234375, 812.5] });
    await archive.append(lines(sample, sampleOf(4, { rrIntervals: [] })));
    expect(await archive.query('SELECT * EXCLUDE (day) FROM heart_rate ORDER BY sequence')).toEqual([
      {
        timestamp: sample.timestamp,
        heart_rate: 63,
        rr_intervals: [615.234375, 812.5],
        energy_expended: 7,
        sensor_contact: false,
        sensor_id: 'strap-1',
        sensor_name: 'Strap 1',
        session_id: 'ride',
        sequence: 3n,
      },
      expect.objectContaining({ rr_intervals: null, energy_expended: null, sequence: 4n }),
    ]);
  });

  it('keeps each day, in UTC, in a folder of its own', async () => {
    const archive = await open();
    const at = (time: string, sequence: number) => sampleOf(sequence, { timestamp: new Date(time) });
    await archive.append(lines(at('2026-11-23T23:59:59.999Z', 0), at('2026-11-24T00:00:00.000Z', 1)));
    await archive.close();
    expect((await readdir(join(directory, 'heart_rate'))).sort()).toEqual([
      'day=2026-11-23',
      'day=2026-11-24',
    ]);
    expect(await files()).toHaveLength(2);
  });

  it('sums a session up as the older system did, a rate of 0 left out of the rates', async () => {
    const archive = await open();
    const rates = [0, 63, 145, 80];
    await archive.append(
      lines(
        ...rates.map((heartRate, at) => sampleOf(at, { heartRate })),
        sampleOf(0, { session: 'other', heartRate: 200 }),
      ),
    );
    expect(await archive.summary('ride')).toEqual({
      samples: 4,
      first: sampleOf(0).timestamp,
      last: sampleOf(3).timestamp,
      maximum: 145,
      minimum: 63,
      difference: 82,
      mean: 96,
    });
  });

  it('answers for nothing with nothing', async () => {
    const archive = await open();
    expect(await archive.query('SELECT * FROM heart_rate')).toEqual([]);
    expect(await archive.summary('ride')).toMatchObject({
      samples: 0,
      first: null,
      maximum: null,
      mean: null,
    });
  });

  it('keeps the older two-field form', async () => {
    const archive = await open();
    await archive.append(Buffer.from('{"timestamp":"2025-08-05T10:00:00.123Z","heart_rate":72}\n'));
    expect(await archive.query('SELECT heart_rate, session_id, "timestamp" FROM heart_rate')).toEqual([
      { heart_rate: 72, session_id: null, timestamp: new Date('2025-08-05T10:00:00.123Z') },
    ]);
  });

  it('takes parameters as values, never as SQL', async () => {
    const archive = await open();
    await archive.append(lines(sampleOf(0)));
    expect(await archive.summary("ride' OR '1'='1")).toMatchObject({ samples: 0 });
  });

  it('goes on in a later process, and two at once do not disturb each other', async () => {
    const first = await open();
    await first.append(lines(sampleOf(0)));
    const second = await open();
    await second.append(lines(sampleOf(1)));
    await second.close();
    await first.append(lines(sampleOf(2)));
    expect(await first.summary('ride')).toMatchObject({ samples: 3 });
  });

  it('takes over what a killed process left, its torn last line set aside', async () => {
    await mkdir(join(directory, 'journal'), { recursive: true });
    const torn = `${lines(sampleOf(0), sampleOf(1))}{"timestamp":"2026-11-`;
    // No process has this id: it is above the highest that any system gives.
    await writeFile(join(directory, 'journal', '999999999-left.jsonl'), torn);
    const archive = await open();
    expect(await archive.summary('ride')).toMatchObject({ samples: 2 });
    const rest = await files();
    expect(rest.filter((name) => name.endsWith('.parquet'))).toHaveLength(1);
    expect(await readFile(join(directory, 'journal', '999999999-left.jsonl.rejected'), 'utf8')).toBe(
      '{"timestamp":"2026-11-\n',
    );
  });

  it('leaves the journal of a living process alone', async () => {
    await mkdir(join(directory, 'journal'), { recursive: true });
    await writeFile(join(directory, 'journal', `${process.ppid}-live.jsonl`), lines(sampleOf(0)));
    const archive = await open();
    expect(await archive.summary('ride')).toMatchObject({ samples: 0 });
    expect(await files()).toEqual([join('journal', `${process.ppid}-live.jsonl`)]);
  });

  it('says what is wrong with a query, and goes on', async () => {
    const archive = await open();
    await expect(archive.query('SELECT nothing FROM heart_rate')).rejects.toThrow(
      expect.objectContaining({ code: 'ARCHIVE_FAILED', message: expect.stringContaining('nothing') }),
    );
    await expect(archive.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  it('refuses a folder that cannot be one', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(openArchive(join(directory, 'file'))).rejects.toThrow(
      expect.objectContaining({ code: 'ARCHIVE_FAILED' }),
    );
  });
});
