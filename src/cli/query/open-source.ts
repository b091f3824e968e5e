import { InvalidArgumentError } from '../../errors.js';
import { athenaSource } from './athena/source.js';
import { localSource } from './local-source.js';
import type { ArchiveCommandOptions } from './options.js';
import type { Source, Work } from './source.js';

/** Where the demonstration keeps its archive. */
const ARCHIVE = 'archive';

/** Words that say something of Athena alone. */
const OF_ATHENA = ['database', 'table', 'workgroup', 'dayFormat', 'output'] as const;

/** What of those words is given. */
type Words = Partial<Record<(typeof OF_ATHENA)[number], unknown>>;

/**
 * Checks that at most one is meant of what can answer.
 *
 * @param meant - Which words name one.
 * @param words - Those of Athena.
 */
export function checkSource(meant: Readonly<Record<string, unknown>>, words: Words): void {
  const named = Object.entries(meant).flatMap(([word, value]) => (value === undefined ? [] : [`--${word}`]));
  if (named.length > 1) {
    throw new InvalidArgumentError(
      `One can be asked at a time: leave out all but one of ${named.join(', ')}.`,
    );
  }
  const stray = OF_ATHENA.find((word) => words[word] !== undefined);
  if (stray && !meant.athena) {
    const word = stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new InvalidArgumentError(`--${word} is of Athena: say --athena too, or leave it out.`);
  }
}

/** Opens the archive that is meant; does something with it, and closes it. */
export async function withSource(
  options: ArchiveCommandOptions & { readonly output?: string | undefined },
  work: Work,
  task: (source: Source) => Promise<void>,
): Promise<void> {
  const { archive = ARCHIVE, athena } = options;
  const source = athena ? await athenaSource(options, work) : await localSource(archive, work);
  try {
    await task(source);
  } finally {
    await source.close();
  }
}
