import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../../src/local/index.js';
import { parseSamples } from '../../../src/sample/index.js';
import { sampleOf } from '../../support/samples.js';

let directory: string;
const opened: Archive[] = [];
beforeEach(async () => {
  // A name that means something to SQL, to a glob and to a partitioned table.
  directory = join(await mkdtemp(join(tmpdir(), "archive's ")), '[x]*', 'sequence=7');
});
afterEach(async () => {
  for (const archive of opened.splice(0)) await archive.close().catch(() => undefined);
  await rm(join(directory, '../..'), { recursive: true });
});

async function open() {
  const archive = await openArchive(directory);
  opened.push(archive);
  return archive;
}
const parquetFiles = async () =>
  (await readdir(join(directory, 'heart_rate'), { recursive: true })).filter((name) =>
    name.endsWith('.parquet'),
  );
const count = async (archive: Archive) =>
  (await archive.query('SELECT count(*)::INT AS n FROM heart_rate'))[0]?.n;

describe('the archive', () => {
  it('answers with every value as it was appended, times as instants, before and after it moves to Parquet', async () => {
    const sample = sampleOf(3, { energyExpended: 7, sensorContact: false, rrIntervals: [615.234375, 812.5] });
    const first = await open();
    await first.append([sample, sampleOf(4, { rrIntervals: [] })]);
    const ask = (archive: Archive) => archive.query('SELECT * FROM heart_rate ORDER BY sequence');
    const before = await ask(first);
    await first.close();
    expect(await ask(await open())).toEqual(before);
    expect(before).toEqual([
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
        day: new Date('2026-11-23T00:00:00Z'),
      },
      expect.objectContaining({ rr_intervals: null, energy_expended: null, sequence: 4n }),
    ]);
  });

  it('keeps each day, in UTC, in a folder of its own', async () => {
    const archive = await open();
    const at = (time: string, sequence: number) => sampleOf(sequence, { timestamp: new Date(time) });
    await archive.append([at('2026-11-23T23:59:59.999Z', 0), at('2026-11-24T00:00:00.000Z', 1)]);
    await archive.close();
    expect((await readdir(join(directory, 'heart_rate'))).sort()).toEqual([
      'day=2026-11-23',
      'day=2026-11-24',
    ]);
    expect(await parquetFiles()).toHaveLength(2);
  });

  it('sums a session up as the older system did, a rate of 0 left out of the rates', async () => {
    const archive = await open();
    const rates = [0, 63, 145, 80].map((heartRate, at) => sampleOf(at, { heartRate }));
    await archive.append([...rates, sampleOf(0, { session: 'other', heartRate: 200 })]);
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

  it('has a sample once, however often it is appended; those without an identity each time', async () => {
    const archive = await open();
    const older = { timestamp: new Date('2025-08-05T10:00:00.123Z'), heartRate: 72, rrIntervals: [] };
    for (let delivery = 0; delivery < 2; delivery++)
      await archive.append([sampleOf(0), older, sampleOf(1), older]);
    expect(await count(archive)).toBe(6);
    const row = await archive.query(
      'SELECT heart_rate, session_id, "timestamp" FROM heart_rate WHERE sequence IS NULL',
    );
    expect(row[0]).toEqual({ heart_rate: 72, session_id: null, timestamp: older.timestamp });
  });

  it('takes all samples or none', async () => {
    const archive = await open();
    const bad = sampleOf(1, { heartRate: Number.NaN });
    await expect(archive.append([sampleOf(0), bad])).rejects.toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
    expect(await count(archive)).toBe(0);
  });

  it('takes every sample that the wire format can hold', async () => {
    const archive = await open();
    const lines = [
      '{"timestamp":"2026-11-23T10:00:00+02:00","heart_rate":72}',
      '{"timestamp":"9999-12-31T23:59:59.999Z","heart_rate":65535}',
      '{"timestamp":"0000-01-01T00:00:00.000Z","heart_rate":0}',
      '{"timestamp":"2026-11-23T10:00:00,5Z","heart_rate":72,"heart_rate":73,"sensor_id":"\\ud83d","sensor_name":"\\u0000\'"}',
    ];
    await archive.append(parseSamples(lines.join('\n')).samples);
    const rows = await archive.query('SELECT "timestamp", heart_rate FROM heart_rate ORDER BY "timestamp"');
    expect(rows).toEqual([
      { timestamp: new Date('0000-01-01T00:00:00.000Z'), heart_rate: 0 },
      { timestamp: new Date('2026-11-23T08:00:00.000Z'), heart_rate: 72 },
      { timestamp: new Date('2026-11-23T10:00:00.500Z'), heart_rate: 73 },
      { timestamp: new Date('9999-12-31T23:59:59.999Z'), heart_rate: 65_535 },
    ]);
  });

  it('takes parameters as values, never as SQL', async () => {
    const archive = await open();
    await archive.append([sampleOf(0)]);
    expect(await archive.summary("ride' OR '1'='1")).toMatchObject({ samples: 0 });
  });

  it('goes on where it was left, file beside file', async () => {
    for (const sequence of [0, 1, 2]) {
      const archive = await open();
      await archive.append([sampleOf(sequence)]);
      await archive.close();
    }
    expect(await parquetFiles()).toHaveLength(3);
    expect(await count(await open())).toBe(3);
  });

  it('reads past what is no file of its own', async () => {
    const archive = await open();
    await archive.append([sampleOf(0)]);
    await archive.close();
    await writeFile(join(directory, 'heart_rate', '.DS_Store'), '');
    await mkdir(join(directory, 'heart_rate', 'day=2026-11-25'));
    await writeFile(join(directory, 'heart_rate', 'day=2026-11-25', 'notes.txt'), '');
    expect(await count(await open())).toBe(1);
  });

  describe('asked of one session', () => {
    const sessionsSeen = async (archive: Archive, session: string) =>
      (await archive.query('SELECT DISTINCT session_id FROM heart_rate ORDER BY 1', [], { session })).map(
        (row) => row.session_id,
      );
    async function appendedAndClosed(...samples: Parameters<Archive['append']>[0]) {
      const archive = await open();
      await archive.append(samples);
      await archive.close();
    }

    it('reads the files in which it is, and no others', async () => {
      await appendedAndClosed(sampleOf(0), sampleOf(0, { session: 'walk' }));
      await appendedAndClosed(sampleOf(0, { session: 'run' }));
      await appendedAndClosed(sampleOf(1));
      const archive = await open();
      expect(await sessionsSeen(archive, 'ride')).toEqual(['ride', 'walk']);
      expect(await sessionsSeen(archive, 'run')).toEqual(['run']);
      expect(await sessionsSeen(archive, 'swim')).toEqual([]);
      await archive.append([sampleOf(2)]);
      expect(await archive.summary('ride')).toMatchObject({ samples: 3, first: sampleOf(0).timestamp });
    });

    it('finds what has moved to Parquet since the last question', async () => {
      await appendedAndClosed(sampleOf(0));
      const archive = await open();
      expect(await archive.summary('ride')).toMatchObject({ samples: 1 });
      // Many are quicker without an identity.
      const older = { timestamp: new Date('2026-11-25T10:00:00Z'), heartRate: 72, rrIntervals: [] };
      await archive.append([sampleOf(1), ...Array.from({ length: 100_000 }, () => older)]);
      expect(await parquetFiles()).not.toHaveLength(1);
      expect(await archive.summary('ride')).toMatchObject({ samples: 2 });
    });

    it('learns again in which files it is where only the files are left', async () => {
      await appendedAndClosed(sampleOf(0));
      await appendedAndClosed(sampleOf(0, { session: 'run' }));
      await rm(join(directory, 'recent'), { recursive: true });
      const archive = await open();
      expect(await archive.summary('ride')).toMatchObject({ samples: 1 });
      expect(await sessionsSeen(archive, 'run')).toEqual(['run']);
    });

    it('goes on without a day whose folder was deleted', async () => {
      await appendedAndClosed(sampleOf(0), sampleOf(1, { timestamp: new Date('2026-12-24T10:00:00Z') }));
      const archive = await open();
      expect(await archive.summary('ride')).toMatchObject({ samples: 2 });
      await rm(join(directory, 'heart_rate', 'day=2026-12-24'), { recursive: true });
      await expect(archive.summary('ride')).rejects.toThrow(
        expect.objectContaining({ code: 'ARCHIVE_FAILED' }),
      );
      expect(await archive.summary('ride')).toMatchObject({ samples: 1 });
    });
  });

  it('says what is wrong with a query, and goes on', async () => {
    const archive = await open();
    await expect(archive.query('SELECT nothing FROM heart_rate')).rejects.toThrow(
      expect.objectContaining({ code: 'ARCHIVE_FAILED', message: expect.stringContaining('nothing') }),
    );
    await expect(archive.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  it('refuses a folder that is open already, and takes it when it is free', async () => {
    const archive = await open();
    await expect(openArchive(directory)).rejects.toThrow(
      expect.objectContaining({ code: 'ARCHIVE_FAILED', message: expect.stringContaining('open') }),
    );
    await archive.close();
    await expect(open()).resolves.toBeDefined();
  });

  it('refuses an empty path, which would be the present folder', async () => {
    await expect(openArchive('')).rejects.toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('refuses a folder that cannot be one', async () => {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'file'), '');
    await expect(openArchive(join(directory, 'file'))).rejects.toThrow(
      expect.objectContaining({ code: 'ARCHIVE_FAILED' }),
    );
  });
});
