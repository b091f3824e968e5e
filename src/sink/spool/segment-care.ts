import type { LiveHeartRateError } from '../../errors.js';
import { SpoolError } from '../errors.js';
import type { NodeModules } from './node.js';
import type { Segment } from './segments.js';

/** What becomes of segments that are done with, or damaged. */
export interface SegmentCare {
  /** Notes that something in it cannot be read: what is whole is sent all the same, and the file is kept. */
  damage(segment: Segment, reason: string): void;
  /** Puts away one that cannot be read at all. */
  setAside(segment: Segment, cause: unknown): void;
  /** Deletes one, or puts it away where it is damaged. */
  discard(segment: Segment): void;
  /** Does something for which nobody else would hear an error. */
  attempt(done: string, work: () => void): void;
}

const DAMAGED = '.damaged';

export function segmentCare(
  { fs }: NodeModules,
  onError: (error: LiveHeartRateError) => void,
  tell: (done: string) => (error: unknown) => void,
): SegmentCare {
  const putAway = ({ path }: Segment) => fs.renameSync(path, `${path}${DAMAGED}`);

  function attempt(done: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      tell(done)(error);
    }
  }

  return {
    damage(segment, reason) {
      if (segment.damaged) return;
      segment.damaged = true;
      onError(new SpoolError(`A part of ${segment.path} is lost: ${reason}. It is kept as …${DAMAGED}.`));
    },
    setAside(segment, cause) {
      const message = `${segment.path} cannot be read, and is set aside as …${DAMAGED}. What is in it is not sent.`;
      onError(new SpoolError(message, { cause }));
      attempt('cleared', () => putAway(segment));
    },
    discard(segment) {
      attempt('cleared', () => {
        if (segment.damaged) putAway(segment);
        else fs.rmSync(segment.path, { force: true });
      });
    },
    attempt,
  };
}
