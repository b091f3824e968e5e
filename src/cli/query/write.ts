import { once } from 'node:events';
import { nameOf } from '../describe.js';
import type { Answer, Row } from './answer.js';
import { csvLines } from './csv.js';
import type { Format } from './options.js';
import { tableLines } from './table.js';

/** How an answer is written. */
export interface Writing {
  readonly format: Format;
  /** In which times are shown; in JSON they are in UTC. */
  readonly zone: string;
  /** Whether the columns have names of ours. */
  readonly ours: boolean;
  /** Aborted when it is wanted no more. */
  readonly signal: AbortSignal;
}

/** So much is written at once. */
const CHUNK = 64 * 1024;

/** Writes an answer as it comes, no faster than it is read. */
export async function writeAnswer(answer: Answer, { format, zone, ours, signal }: Writing): Promise<void> {
  const end = format === 'csv' ? '\r\n' : '\n';
  let text = '';
  for await (const line of linesOf(answer, format, zone, ours)) {
    text += `${process.stdout.isTTY ? harmless(line) : line}${end}`;
    if (text.length < CHUNK) continue;
    await write(text, signal);
    text = '';
  }
  await write(text, signal);
}

function linesOf(answer: Answer, format: Format, zone: string, ours: boolean): AsyncIterable<string> {
  switch (format) {
    case 'table':
      return tableLines(answer, zone, ours);
    case 'csv':
      return csvLines(answer, zone);
    case 'json':
      return jsonLines(answer);
  }
}

async function* jsonLines({ columns, parts }: Answer): AsyncGenerator<string> {
  const object = (row: Row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null]));
  for await (const part of parts) for (const row of part) yield JSON.stringify(object(row));
}

/** What a device calls itself must not steer a terminal; a program gets it as it is. */
const harmless = (line: string) => nameOf({ name: line });

async function write(text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain', { signal });
}
