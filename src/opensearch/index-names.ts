import { InvalidArgumentError } from '../errors.js';

/** How many samples share an index: those of a day or a month of their own time (UTC), or all. */
export type Rotation = 'none' | 'day' | 'month';

/** The names of everything that belongs to one index of samples. */
export interface IndexNames {
  /** What is searched: the alias of all indices of samples, or the only one. */
  readonly alias: string;
  /** What the names of all indices of samples match, and no others that belong to it. */
  readonly patterns: readonly string[];
  /** Number of its rank where the patterns of two indices match: the longer, and so more specific, name has the higher. */
  readonly priority: number;
  /** Where goes what is no sample, or is refused for good. */
  readonly rejected: string;
  /**
   * The index of a sample. It follows from the sample alone, so that no delivery, however late, makes a second document.
   *
   * @param timestamp - The time of the sample, as a date or in milliseconds since 1970.
   * @returns Its name.
   */
  of(timestamp: Date | number): string;
}

const ROTATIONS: readonly Rotation[] = ['none', 'day', 'month'];
/**
 * What OpenSearch takes as the name of an index; the longest that is made of it must fit in 255 bytes. Nothing in it has
 * to be escaped in JSON.
 */
const NAME = /^(?![-_+.])[^\s\p{Cc}A-Z\\/*?"<>|,#:]{1,200}$/u;
/** Milliseconds. */
const DAY = 24 * 60 * 60 * 1_000;
/** So many characters of `2026-11-23` are in the name of an index. */
const PRECISION = { day: 10, month: 7 };

/**
 * Names everything that belongs to one index of samples.
 *
 * @param index - Its name, such as `heart_rate`.
 * @param rotation - How many samples share an index.
 * @throws `InvalidArgumentError` where OpenSearch takes no such name.
 * @returns The names: `heart_rate-2026.11.23` behind the alias `heart_rate` where it rotates by the day.
 *
 * @example
 * ```ts
 * import { indexNames } from 'liveheartrate/opensearch';
 *
 * indexNames('heart_rate', 'day').of(new Date('2026-11-23T10:00:00Z')); // => 'heart_rate-2026.11.23'
 * ```
 */
export function indexNames(index: string, rotation: Rotation): IndexNames {
  checkIndexName('index', index);
  if (!ROTATIONS.includes(rotation)) {
    throw new InvalidArgumentError(`rotation must be one of ${ROTATIONS.join(', ')}.`);
  }
  const rejected = `${index}-rejected`;
  const priority = 100 + index.length;
  if (rotation === 'none') return { alias: index, patterns: [index], priority, rejected, of: () => index };
  const length = PRECISION[rotation];
  const name = (timestamp: Date | number) =>
    `${index}-${new Date(timestamp).toISOString().slice(0, length).replaceAll('-', '.')}`;
  // Samples come by the thousand from the same day.
  let last = { day: Number.NaN, name: '' };
  return {
    alias: index,
    // OpenSearch knows no wildcard but `*`. A year begins with a digit, and `rejected` does not.
    patterns: Array.from({ length: 10 }, (_, digit) => `${index}-${digit}*`),
    priority,
    rejected,
    of(timestamp) {
      const day = Math.floor(Number(timestamp) / DAY);
      if (day !== last.day) last = { day, name: name(timestamp) };
      return last.name;
    },
  };
}

/** Refuses what OpenSearch does not take as the name of an index; the message says of which option. */
export function checkIndexName(option: string, name: string): void {
  if (NAME.test(name) && Buffer.byteLength(name) <= 200) return;
  throw new InvalidArgumentError(
    `${option} must be a name that OpenSearch takes: at most 200 bytes, no capitals, none of \\ / * ? " < > | , # : ` +
      'and no space, and not beginning with - _ + or a dot.',
  );
}
