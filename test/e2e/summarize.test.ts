import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../src/local/index.js';
import {
  indexNames,
  openSearchClient,
  prepareIndex,
  summarize,
  summarizeSessions,
} from '../../src/opensearch/index.js';
import { type SessionSummary, type StoredSample, serializeSample } from '../../src/sample/index.js';
import { freePort } from '../support/free-port.js';
import { sampleOf } from '../support/samples.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
const client = openSearchClient({ endpoint: opensearch.url, auth: 'none' });
const START = Date.UTC(2026, 10, 22, 23, 59);
const SESSIONS = ['ride', 'run', 'swim/é', 'idle'];

/** Over midnight, so in two indices; a rate is often 0, and that of `idle` always. */
const someSamples = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 120_000 }),
    rate: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 65_535 })),
    session: fc.constantFrom(...SESSIONS),
  }),
  { minLength: 600, maxLength: 600 },
);
const samples: readonly StoredSample[] =
  fc.sample(someSamples, 1)[0]?.map(({ after, rate, session }, at) =>
    sampleOf(at, {
      timestamp: new Date(START + after),
      heartRate: session === 'idle' ? 0 : rate,
      session,
      sensor: session === 'run' ? { id: 'a' } : { id: 'b', name: `Strap of ${session}` },
    }),
  ) ?? [];
const older: StoredSample = { timestamp: new Date(START + 30_000), heartRate: 90, rrIntervals: [] };

async function fill(index: string, content: readonly StoredSample[]) {
  await prepareIndex(client, { index });
  const names = indexNames(index, 'day');
  const body = content.map(
    (sample) => `{"create":{"_index":"${names.of(sample.timestamp)}"}}\n${serializeSample(sample as never)}`,
  );
  const answer = await client.bulk({ body: body.join(''), refresh: 'true' } as never);
  expect(answer.body.errors).toBe(false);
}

describe('questions of the index, answered as the archive answers them', () => {
  const index = `heart_rate-${randomUUID()}`;
  let folder: string;
  let archive: Archive;
  beforeAll(async () => {
    await fill(index, [...samples, older]);
    folder = await mkdtemp(join(tmpdir(), 'summarize-'));
    archive = await openArchive(folder);
    await archive.append([...samples, older]);
  });
  afterAll(async () => {
    await archive.close();
    await rm(folder, { recursive: true });
  });

  const fromArchive = async (from: Date, to: Date, session?: string) => {
    const [row] = await archive.query(
      `SELECT count(*)::INT AS samples, min("timestamp") AS "first", max("timestamp") AS "last",
        max(rate) AS maximum, min(rate) AS minimum, max(rate) - min(rate) AS difference, avg(rate) AS mean
      FROM (SELECT *, nullif(heart_rate, 0) AS rate FROM heart_rate)
      WHERE "timestamp" >= ?::TIMESTAMP AND "timestamp" < ?::TIMESTAMP AND (?::VARCHAR IS NULL OR session_id = ?)`,
      [naive(from), naive(to), session ?? null, session ?? null],
    );
    return row as unknown as SessionSummary;
  };
  const naive = (time: Date) => time.toISOString().replace('Z', '');

  it('of any span and session', async () => {
    const moment = fc.integer({ min: -1_000, max: 121_000 });
    await fc.assert(
      fc.asyncProperty(
        moment,
        moment,
        fc.constantFrom(undefined, ...SESSIONS, 'nobody'),
        async (a, b, session) => {
          const [from, to] = [new Date(START + Math.min(a, b)), new Date(START + Math.max(a, b))];
          expect(await summarize(client, { index, from, to, session })).toEqual(
            await fromArchive(from, to, session),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of each session', async () => {
    const [from, to] = [new Date(START), new Date(START + 120_001)];
    const { sessions, complete } = await summarizeSessions(client, { index, from, to });
    expect(complete).toBe(true);
    for (const { session, sensor, ...summary } of sessions) {
      if (session === null) expect(summary).toMatchObject({ samples: 1, maximum: 90, mean: 90 });
      else expect(summary).toEqual(await archive.summary(session));
      expect(sensor).toBe(session === null || session === 'run' ? null : `Strap of ${session}`);
    }
    expect(new Set(sessions.map(({ session }) => session))).toEqual(new Set([...SESSIONS, null]));
    expect(sessions.map(({ first }) => first)).toEqual(
      sessions.map(({ first }) => first).sort((a, b) => Number(a) - Number(b)),
    );
    expect((await summarizeSessions(client, { index, from, to, session: 'run' })).sessions).toHaveLength(1);
  });

  it('with the beginning, and without the end', async () => {
    const own = `heart_rate-${randomUUID()}`;
    await fill(
      own,
      [0, 1, 2].map((sequence) => sampleOf(sequence, { heartRate: 60 + sequence })),
    );
    const { timestamp: from } = sampleOf(0);
    const { timestamp: to } = sampleOf(2);
    const answer = await summarize(client, { index: own, from, to });
    expect(answer).toEqual({
      samples: 2,
      first: from,
      last: sampleOf(1).timestamp,
      maximum: 61,
      minimum: 60,
      difference: 1,
      mean: 60.5,
    });
    expect(await summarize(client, { index: own, from, to: from })).toMatchObject({
      samples: 0,
      first: null,
    });
  });

  it('that there are none, where there is no index, no sample, or only zeros', async () => {
    const none = { samples: 0, first: null, last: null };
    const noRate = { maximum: null, minimum: null, difference: null, mean: null };
    const [from, to] = [new Date(0), new Date(START * 2)];
    const missing = { index: `missing-${randomUUID()}`, from, to };
    expect(await summarize(client, missing)).toEqual({ ...none, ...noRate });
    expect(await summarizeSessions(client, missing)).toEqual({ sessions: [], complete: true });
    const early = { index, from, to: new Date(START) };
    expect(await summarize(client, early)).toEqual({ ...none, ...noRate });
    expect(await summarizeSessions(client, early)).toEqual({ sessions: [], complete: true });
    const idle = samples.filter(({ session }) => session === 'idle').length;
    expect(await summarize(client, { index, from, to, session: 'idle' })).toMatchObject({
      samples: idle,
      ...noRate,
    });
  });

  it('of more sessions than one request brings, and says where they are cut', async () => {
    const own = `heart_rate-${randomUUID()}`;
    const count = 1_201;
    await fill(
      own,
      Array.from({ length: count }, (_, at) => sampleOf(at, { session: `session ${at}` })),
    );
    const span = { index: own, from: new Date(0), to: new Date(START * 2) };
    const all = await summarizeSessions(client, span);
    expect(all.sessions.map(({ session }) => session)).toEqual(
      Array.from({ length: count }, (_, at) => `session ${at}`),
    );
    expect(all.complete).toBe(true);
    for (const [limit, complete] of [
      [count, true],
      [count - 1, false],
      [500, false],
      [1, false],
    ] as const) {
      const answer = await summarizeSessions(client, span, limit);
      expect([answer.sessions.length, answer.complete]).toEqual([limit, complete]);
    }
  });

  it('never from a part of the samples', async () => {
    const own = `heart_rate-${randomUUID()}`;
    await fill(own, [sampleOf(0), sampleOf(86_400)]);
    const span = { index: own, from: new Date(0), to: new Date(START * 2) };
    expect(await summarize(client, span)).toMatchObject({ samples: 2 });
    await client.indices.close({ index: `${own}-2026.11.24` });
    await expect(summarize(client, span)).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
  });

  it('or says that it cannot', async () => {
    const elsewhere = openSearchClient({ endpoint: `${opensearch.url}/no/such`, auth: 'none' });
    const soon = { index, from: new Date(0), to: new Date(1) };
    await expect(summarize(elsewhere, soon)).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
    const [from, to] = [new Date(1), new Date(0)];
    for (const span of [
      { from, to },
      { from: new Date(Number.NaN), to },
    ]) {
      await expect(summarize(client, span)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
    for (const limit of [0, -1, Number.NaN]) {
      await expect(summarizeSessions(client, soon, limit)).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
      });
    }
    const away = openSearchClient({ endpoint: `http://127.0.0.1:${await freePort()}`, auth: 'none' });
    await expect(summarizeSessions(away, { from: to, to: from })).rejects.toMatchObject({
      code: 'INDEX_UNAVAILABLE',
    });
  });
});
