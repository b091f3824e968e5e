import type { NodeModules } from './node.js';
import { type Segment, segmentPath } from './segments.js';

/** Lines on their way into a segment. */
export interface Chunk {
  /** The number of its first line. */
  readonly first: number;
  readonly data: Buffer;
  /** Where it goes, once that is decided: it goes there also when it has to be written again. */
  place?: { readonly file: OpenSegment; readonly offset: number } | undefined;
}

interface OpenSegment {
  readonly fd: number;
  readonly segment: Segment;
}

/** Writes chunks into segments, begins a new one when one is full, and brings them to the disk. */
export interface SegmentFiles {
  readonly current: Segment | undefined;
  write(chunk: Chunk): Promise<void>;
  /** The same, while nothing else can happen. */
  writeNow(chunk: Chunk): void;
  /** Resolves when the disk has all that was written before the call, where that is wanted. */
  sync(): Promise<void>;
  /** Lets the next chunk begin a new segment. */
  roll(): void;
  /** Whether something was written behind a chunk that is not written itself. */
  isFollowed(chunk: Chunk): boolean;
  /** Takes back what may have been written of a chunk, where nothing is behind it. */
  undo(chunk: Chunk): void;
  /** Lets a chunk have another place. */
  displace(chunk: Chunk): void;
  close(): void;
}

export interface SegmentFilesOptions {
  readonly folder: string;
  readonly durable: boolean;
  /** From how many bytes on a segment is followed by another. */
  readonly segmentBytes: number;
  /** The segments there are; new ones are added. */
  readonly segments: Segment[];
}

export function segmentFiles(node: NodeModules, options: SegmentFilesOptions): SegmentFiles {
  const { fs } = node;
  const { folder, durable, segmentBytes, segments } = options;
  let current: OpenSegment | undefined;
  /** Those with bytes that the disk may not have, and those that get no more. All but the current one close in sync(). */
  const unsynced = new Set<OpenSegment>();
  const full = new Set<OpenSegment>();
  let folderUnsynced = false;

  function placeOf(chunk: Chunk): NonNullable<Chunk['place']> {
    if (chunk.place === undefined) {
      // Nothing is added to what is damaged, or was set aside.
      const { bytes = 0, damaged = false } = current?.segment ?? {};
      if (bytes >= segmentBytes || damaged || !segments.some((each) => each === current?.segment)) roll();
      current ??= open(chunk.first);
      chunk.place = { file: current, offset: current.segment.bytes };
      current.segment.bytes += chunk.data.length;
    }
    unsynced.add(chunk.place.file);
    return chunk.place;
  }

  function open(base: number): OpenSegment {
    const path = segmentPath(node, folder, base);
    // Where there is one of that name, nobody wants it any more.
    const fd = fs.openSync(path, 'w', 0o600);
    const segment = { base, path, bytes: 0, storedAt: Date.now(), damaged: false };
    segments.push(segment);
    folderUnsynced = durable;
    return { fd, segment };
  }

  function roll(): void {
    if (current) full.add(current);
    current = undefined;
  }

  async function sync(): Promise<void> {
    const files = [...unsynced];
    unsynced.clear();
    const finished = [...full];
    full.clear();
    try {
      if (durable) for (const { fd } of files) await call<void>((then) => fs.fdatasync(fd, then));
      if (folderUnsynced) await syncFolder();
      folderUnsynced = false;
    } catch (error) {
      for (const file of files) unsynced.add(file);
      for (const file of finished) full.add(file);
      throw error;
    }
    for (const { fd } of finished) fs.closeSync(fd);
  }

  /** A new file survives a power cut only when its folder is stored, too. Windows knows no such thing. */
  async function syncFolder(): Promise<void> {
    if (process.platform === 'win32') return;
    const fd = fs.openSync(folder, 'r');
    await call<void>((then) => fs.fsync(fd, then)).finally(() => fs.closeSync(fd));
  }

  const isFollowed = ({ place, data }: Chunk) =>
    place !== undefined && place.offset + data.length < place.file.segment.bytes;

  return {
    get current() {
      return current?.segment;
    },
    async write(chunk) {
      const { file, offset } = placeOf(chunk);
      const { data } = chunk;
      for (let done = 0; done < data.length; )
        done += await call<number>((then) =>
          fs.write(file.fd, data, done, data.length - done, offset + done, then),
        );
    },
    writeNow(chunk) {
      const { file, offset } = placeOf(chunk);
      const { data } = chunk;
      for (let done = 0; done < data.length; )
        done += fs.writeSync(file.fd, data, done, data.length - done, offset + done);
    },
    sync,
    roll,
    isFollowed,
    undo(chunk) {
      if (chunk.place && !isFollowed(chunk)) fs.ftruncateSync(chunk.place.file.fd, chunk.place.offset);
    },
    displace(chunk) {
      if (chunk.place) chunk.place.file.segment.bytes -= chunk.data.length;
      chunk.place = undefined;
    },
    close() {
      roll();
      for (const { fd } of new Set([...full, ...unsynced])) fs.closeSync(fd);
      full.clear();
      unsynced.clear();
    },
  };
}

/** Calls a function of `node:fs` with a file descriptor, for which there is no form with promises. */
const call = <Result>(
  start: (then: (error: Error | null, result: Result) => void) => void,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(error) : resolve(result)));
  });
