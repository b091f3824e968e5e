import { MissingDependencyError } from '../errors.js';

/** A package that is installed only by those who need it. */
export interface Needed {
  /** What needs it, as a sentence begins. */
  readonly by: string;
  readonly name: string;
}

export const OPENSEARCH: Needed = { by: '--opensearch', name: '@opensearch-project/opensearch' };

/** Loads what needs such a package; says how to install it where it is not there. */
export async function needing<T>({ by, name }: Needed, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!/MODULE_NOT_FOUND/.test(String((cause as NodeJS.ErrnoException).code))) throw cause;
    throw new MissingDependencyError(`${by} needs ${name}: npm install ${name}`, { cause });
  }
}
