import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { type LocalPipeline, startLocalPipeline } from '../../src/local/index.js';
import { serializeSample } from '../../src/sample/index.js';
import { sampleOf } from '../support/samples.js';
import { sinkSuite } from './sink-suite.js';

const opened: { pipeline: LocalPipeline; directory: string }[] = [];
afterAll(async () => {
  for (const { pipeline, directory } of opened) {
    await pipeline.close();
    await rm(directory, { recursive: true });
  }
});

describe('the sink of the local pipeline', () => {
  sinkSuite({
    async open() {
      const directory = await mkdtemp(join(tmpdir(), 'local-sink-'));
      const pipeline = await startLocalPipeline({ directory });
      opened.push({ pipeline, directory });
      return {
        sink: pipeline.sink,
        async arrived() {
          const rows = await pipeline.archive.query('SELECT * FROM heart_rate ORDER BY sequence');
          const lines = rows.map((row) =>
            serializeSample({
              ...sampleOf(Number(row.sequence)),
              timestamp: row.timestamp as Date,
              heartRate: row.heart_rate as number,
              rrIntervals: row.rr_intervals as number[],
              session: row.session_id as string,
            }),
          );
          return lines.join('');
        },
      };
    },
  });
});
