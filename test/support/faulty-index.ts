import type { BulkClient, BulkItem } from '../../src/lambda/bulk-client.js';
import { type IndexerParts, indexerOf } from '../../src/lambda/indexer.js';
import type { IndexingReport } from '../../src/lambda/report.js';
import { embeddedIndex } from '../../src/local/index.js';
import { indexNames } from '../../src/opensearch/index-names.js';

/** One document of a request, as a script of faults sees it. */
export interface Asked {
  readonly id: string;
  readonly index: string;
  /** How many requests there have been before, from 0. */
  readonly request: number;
}

/** What is answered in place of the index: of one document, or an error of the whole request. */
export type Fault = BulkItem | Error | 'never' | undefined;

/** The embedded index with scripted faults in front, and an indexer before it. */
export function faultyIndex(fault: (asked: Asked) => Fault, parts: Partial<IndexerParts> = {}) {
  const index = embeddedIndex();
  const requests: { documents: number; bytes: number; compression: string | undefined }[] = [];
  const client: BulkClient = {
    async bulk({ index: all = '', body }, options) {
      const lines = String(body).trimEnd().split('\n');
      const request = requests.length;
      requests.push({
        documents: lines.length / 2,
        bytes: body.length,
        compression: options.compression,
      });
      const answers = lines
        .filter((_, at) => at % 2 === 0)
        .map((line) => JSON.parse(line) as { create: { _id: string; _index?: string } })
        .map(({ create }) => fault({ id: create._id, index: create._index ?? all, request }));
      const failure = answers.find((answer) => answer instanceof Error);
      if (failure) throw failure;
      if (answers.includes('never')) await new Promise(() => undefined);
      const taken = lines.filter((_, at) => answers[at >> 1] === undefined).map((line) => `${line}\n`);
      const { items } = (await index.bulk({ index: all, body: taken.join('') })).body;
      const left = [...items];
      const complete = answers.map(
        (item) => (item === undefined ? left.shift() : { create: item as BulkItem }) ?? {},
      );
      return { body: { items: complete } };
    },
  };
  const reports: IndexingReport[] = [];
  const indexer = indexerOf({
    client,
    names: indexNames('heart_rate', 'none'),
    onReport: (report) => reports.push(report),
    ...parts,
  });
  return { index, indexer, requests, reports };
}

/** An error as the client has it: of an answer with a status, or without one where none came. */
export const clientError = (statusCode?: number, name = statusCode ? 'ResponseError' : 'ConnectionError') =>
  Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9200'), { name, statusCode });
