import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive, readArchive } from '../../../src/local/index.js';
import { sampleOf } from '../../support/samples.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-archive-'));
});
afterEach(() => rm(folder, { recursive: true }));

const count = 'SELECT count(*)::INT AS n FROM heart_rate';
const ofSession = (session: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => sampleOf(from + at, { session }));

/** What is in the folder, byte by byte. */
async function contents() {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = await Promise.all(files.sort().map(async (file) => [file, await readFile(file, 'hex')]));
  return Object.fromEntries(read) as Record<string, string>;
}

describe('an archive that is only read', () => {
  it('has what is in Parquet and what has come last, while it is open elsewhere, and is not changed', async () => {
    const first = await openArchive(folder);
    await first.append(ofSession('ride', 0, 3));
    await first.close();
    const writer = await openArchive(folder);
    await writer.append(ofSession('ride', 3, 5));
    const before = await contents();

    const reader = await readArchive(folder);
    expect(await reader.query(count)).toEqual([{ n: 5 }]);
    expect(await reader.summary('ride')).toMatchObject({ samples: 5 });
    expect(
      await reader.query('SELECT max(sequence) AS last FROM heart_rate WHERE session_id = ?', ['ride']),
    ).toEqual([{ last: 4n }]);
    expect(await contents()).toEqual(before);

    // What is appended, and what moves, meanwhile is not in it, once or twice.
    await writer.append(ofSession('ride', 5, 6));
    await writer.close();
    expect(await reader.query(count)).toEqual([{ n: 5 }]);
    await reader.close();
    const after = await readArchive(folder);
    expect(await after.query(count)).toEqual([{ n: 6 }]);
    await after.close();
  });

  it('is one of Parquet files alone too, such as a copy of a bucket', async () => {
    const writer = await openArchive(folder);
    await writer.append(ofSession('ride', 0, 2));
    await writer.close();
    await rm(join(folder, 'recent'), { recursive: true });
    const reader = await readArchive(folder);
    expect(await reader.query(count)).toEqual([{ n: 2 }]);
    await reader.close();
    expect(await readdir(folder)).toEqual(['heart_rate']);
  });

  it('has no export that is not finished', async () => {
    const writer = await openArchive(folder);
    await writer.append(ofSession('ride', 0, 2));
    await writer.close();
    const [day = ''] = await readdir(join(folder, 'heart_rate'));
    const [file = ''] = await readdir(join(folder, 'heart_rate', day));
    const again = await openArchive(folder);
    const [row] = await again.query('SELECT name FROM export');
    await again.append(ofSession('ride', 2, 3));
    // As it is left by a crash after the file was renamed and before the samples were cleared.
    await writeFile(
      join(folder, 'heart_rate', day, `${row?.name}-0.parquet`),
      await readFile(join(folder, 'heart_rate', day, file)),
    );
    const reader = await readArchive(folder);
    expect(await reader.query(count)).toEqual([{ n: 3 }]);
    await reader.close();
    await again.close();
  });

  it('leaves nothing in the folder for temporary files', async () => {
    await (await openArchive(folder)).close();
    const ours = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('liveheartrate-'));
    const before = await ours();
    const reader = await readArchive(folder);
    await reader.close();
    await expect(readArchive(join(folder, 'none'))).rejects.toThrow('no archive');
    expect(before).toEqual(expect.arrayContaining(await ours()));
  });

  it.each([
    ['DELETE FROM recent'],
    ['INSERT INTO recent SELECT * FROM recent'],
    ['DROP VIEW heart_rate'],
    ['CREATE TABLE mine AS SELECT 1'],
    ['SET enable_external_access = true'],
    ["ATTACH 'mine.duckdb'"],
    ['CALL checkpoint()'],
    ['INSTALL httpfs'],
    ['SELECT 1; SELECT 2'],
    ["SELECT 1; COPY (SELECT 1) TO 'mine.csv'"],
    ['EXPLAIN ANALYZE SELECT 1'],
    [''],
  ])('takes no other statement: %s', async (sql) => {
    await (await openArchive(folder)).close();
    const reader = await readArchive(folder);
    await expect(reader.query(sql)).rejects.toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('one SELECT') }),
    );
    await reader.close();
  });

  it('reads and writes no other file, whatever is asked', async () => {
    await (await openArchive(folder)).close();
    const secret = join(folder, 'secret.txt');
    await writeFile(secret, 'heart');
    await mkdir(join(folder, 'heart_rate', 'day=2026-01-01'));
    const reader = await readArchive(folder);
    for (const sql of [
      `SELECT * FROM read_text('${secret}')`,
      `SELECT * FROM read_csv('${secret}')`,
      `SELECT * FROM '${secret}'`,
      `SELECT * FROM glob('${folder}/*')`,
      `SELECT * FROM read_parquet('${folder}/heart_rate/*/*.parquet')`,
      `SELECT * FROM read_parquet('http://127.0.0.1:9/a.parquet')`,
      `COPY (SELECT 1) TO '${folder}/mine.csv'`,
      `SELECT getenv('HOME')`,
      `SELECT * FROM query('COPY (SELECT 1) TO ''${folder}/mine.csv''')`,
    ]) {
      await expect(reader.query(sql), sql).rejects.toThrow(
        expect.objectContaining({ code: 'ARCHIVE_FAILED' }),
      );
    }
    await reader.close();
    expect((await readdir(folder)).sort()).toEqual(['heart_rate', 'recent', 'secret.txt']);
  });

  it('says what is wrong with a question, and that values are missing', async () => {
    await (await openArchive(folder)).close();
    const reader = await readArchive(folder);
    await expect(reader.query('SELECT nothing FROM heart_rate')).rejects.toThrow(/ARCHIVE|nothing/);
    await expect(reader.query('SELECT ?')).rejects.toThrow('1 parameters, and 0 values');
    await expect(reader.query('SELEC 1')).rejects.toThrow(
      expect.objectContaining({ code: 'ARCHIVE_FAILED' }),
    );
    await reader.close();
  });

  it.each([
    ['', 'INVALID_ARGUMENT'],
    ['/nowhere/at/all', 'ARCHIVE_FAILED'],
  ])('says that there is none in %j', async (directory, code) => {
    await expect(readArchive(directory)).rejects.toThrow(expect.objectContaining({ code }));
  });
});
