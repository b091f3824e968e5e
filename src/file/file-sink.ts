import { InvalidArgumentError } from '../errors.js';
import {
  DeliveryFailedError,
  DeliveryRejectedError,
  defineSink,
  type RecordResult,
  type Sink,
  type SinkOptions,
  type SinkRecord,
} from '../sink/index.js';
import { appendLines, endLine } from './append-lines.js';
import { compressRotated } from './compress.js';
import { checkRotation, type FileRotation, rotateWhenDue } from './rotation.js';

/** Which file, and what becomes of it in time. */
export interface FileSinkOptions extends Omit<SinkOptions, 'pack' | 'partitionKey'> {
  /** Path of the file. It is made where it does not exist, with access for its owner alone, and appended to where it does. */
  readonly path: string;
  /**
   * When the file is put away, before the next sample: `ride.jsonl` becomes `ride-2026-11-24T100000Z.jsonl` beside it, by
   * the time (UTC) at which that happens, with `_001` and so on behind it where there is such a file. One sink at a time
   * may write to a file that is put away. Default: never.
   */
  readonly rotate?: FileRotation;
  /**
   * Whether what was put away is compressed to `ride-2026-11-24T100000Z.jsonl.gz`, in the background: the process does
   * not end by itself before. Where that fails, or the process is killed, the plain file stays; the next file that is put
   * away, and the next sink of the path, try again. Default `false`.
   */
  readonly gzip?: boolean;
}

const limits = { records: 10_000, bytes: 8 * 2 ** 20, recordBytes: 2 ** 20, recordsPerKey: Infinity };

/** Errors of the file system that pass by themselves, or once there is room again. */
const PASSING = new Set(['EAGAIN', 'EBUSY', 'EDQUOT', 'EINTR', 'EMFILE', 'ENFILE', 'ENOSPC']);

/**
 * Appends samples to a file, one JSON object a line: what `parseSamples` reads.
 *
 * @param options - Which file, and what every sink lets its user set.
 * @returns The sink, ready for `sendTo`. A path that cannot be written to is a `DeliveryRejectedError`: the
 *   samples stay in the spool, or settle as dropped where there is none.
 * @throws `InvalidArgumentError` where there is no path, where `rotate` does not say when, or `gzip` comes without it;
 *   `SpoolError` where the spool cannot be used.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { lastValueFrom, take } from 'rxjs';
 * import { heartRate, parseSamples, sendTo } from 'liveheartrate';
 * import { fileSink } from 'liveheartrate/file';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const sink = fileSink({ path: 'walk.jsonl' });
 * await lastValueFrom(heartRate(simulatedCentral({ speed: 100 })).pipe(take(3), sendTo(sink)));
 * parseSamples(await readFile('walk.jsonl')).samples.length; // => 3
 *
 * // A file for each day, and not above 100 MB; all but the current one compressed.
 * fileSink({ path: 'ride.jsonl', rotate: { every: 'day', bytes: 100e6 }, gzip: true });
 * ```
 */
export function fileSink({ path, rotate, gzip = false, ...options }: FileSinkOptions): Sink {
  if (typeof path !== 'string' || path === '')
    throw new InvalidArgumentError('path must be the path of a file.');
  if (rotate) checkRotation(rotate);
  else if (gzip) throw new InvalidArgumentError('gzip needs rotate: it compresses what was put away.');
  const name = `file ${path}`;
  const compress = gzip ? compressRotated(path) : () => {};
  const makeRoom = rotate ? rotateWhenDue(path, rotate, compress) : () => Number.POSITIVE_INFINITY;
  /** Whether the file ends with a whole line; unknown before the first and after each failed write. */
  let whole = false;
  /** Lines that got into a file only after their call had been given up: they will come again. */
  const late = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  /** Answers how many of the records are in the file, from 1; the others belong into the next. */
  async function append(records: readonly SinkRecord[]): Promise<number> {
    if (!whole) await endLine(path);
    const lines = reaching(await makeRoom(), records);
    whole = false;
    const count = await appendLines(path, lines);
    whole = count === lines.length;
    return count;
  }

  async function write(
    records: readonly SinkRecord[],
    signal: AbortSignal,
  ): Promise<readonly RecordResult[]> {
    let left = records.filter((record) => late.size === 0 || !late.delete(textOf(record)));
    let failure: RecordResult;
    try {
      while (left.length > 0) left = left.slice(await append(left));
    } catch (error) {
      failure = fromFileError(error, name);
    }
    const failed = new Set(left);
    if (signal.aborted) {
      for (const record of records) if (!failed.has(record)) late.add(textOf(record));
    }
    return records.map((record) => (failed.has(record) ? failure : undefined));
  }

  const sink = defineSink(
    {
      name,
      limits,
      send(records, signal) {
        // A call that took too long still goes on, and must not write to a file that the next one puts away.
        const results = last.then(() => write(records, signal));
        last = results;
        return results;
      },
    },
    // One key for all: one call at a time, and the lines in the order in which the samples came.
    { ...options, partitionKey: () => 'file' },
  );
  compress(); // What an earlier process has left.
  return sink;
}

const textOf = ({ data }: SinkRecord) => Buffer.from(data).toString();

/** The data of the first records that together have so many bytes, or of all. */
function reaching(bytes: number, records: readonly SinkRecord[]): Uint8Array[] {
  let sum = 0;
  const last = records.findIndex(({ data }) => {
    sum += data.length;
    return sum >= bytes;
  });
  return (last === -1 ? records : records.slice(0, last + 1)).map(({ data }) => data);
}

function fromFileError(error: unknown, name: string): DeliveryFailedError | DeliveryRejectedError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return PASSING.has(code)
    ? new DeliveryFailedError(`The ${name} cannot be written now (${code}).`, { cause: error })
    : new DeliveryRejectedError(
        `The ${name} cannot be written (${code}). Check that its folder exists, and that this process may write to it.`,
        {
          cause: error,
        },
      );
}
