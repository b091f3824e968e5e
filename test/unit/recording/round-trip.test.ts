import { readFile, truncate } from 'node:fs/promises';
import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { record, replay } from '../../../src/recording/index.js';
import { type HeartRateSample, PACKET, packetOf } from '../../../src/sample/index.js';
import { anySample, sampleOf } from '../../support/samples.js';
import { freshFiles } from './files.js';

const fresh = freshFiles();

/** Any sample: one with a packet has every field, as those of a sensor do, and others only those with a value. */
const recordable: fc.Arbitrary<HeartRateSample> = fc
  .tuple(anySample, fc.option(fc.uint8Array({ maxLength: 20 })))
  .map(([sample, packet]) => ({
    ...(packet && { energyExpended: undefined, sensorContact: undefined, [PACKET]: packet }),
    ...sample,
    sensor: { ...sample.sensor },
  }));

const recorded = (samples: readonly HeartRateSample[], path: string) =>
  lastValueFrom(from(samples).pipe(record(path), toArray()));
const replayed = (path: string) => {
  let malformed = 0;
  const options = { speed: Number.POSITIVE_INFINITY, onMalformed: () => malformed++ };
  return lastValueFrom(replay(path, options).pipe(toArray())).then((samples) => ({ samples, malformed }));
};

describe('a recording', () => {
  it('gives the same samples again, with their packets, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(recordable), async (samples) => {
        const path = fresh();
        await recorded(samples, path);
        const { samples: again, malformed } = await replayed(path);
        expect(again).toStrictEqual(samples);
        expect(again.map(packetOf)).toStrictEqual(samples.map(packetOf));
        expect(malformed).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the samples whose lines are whole, wherever it is cut off, and takes more after that', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(recordable, { minLength: 1 }), fc.nat(), async (samples, at) => {
        const path = fresh();
        await recorded(samples, path);
        const bytes = await readFile(path);
        const cut = at % (bytes.length + 1);
        await truncate(path, cut);

        // A line is whole without its newline, too.
        const left = bytes.subarray(0, cut);
        const atEnd = cut < bytes.length && bytes[cut] === 0x0a;
        const whole = left.toString('latin1').split('\n').length - 1 + (atEnd ? 1 : 0);
        const torn = !atEnd && cut > 0 && left.at(-1) !== 0x0a;
        const expected = { samples: samples.slice(0, whole), malformed: torn ? 1 : 0 };
        expect(await replayed(path)).toStrictEqual(expected);

        await recorded([sampleOf(0)], path);
        expect(await replayed(path)).toStrictEqual({
          ...expected,
          samples: [...expected.samples, sampleOf(0)],
        });
      }),
      { numRuns: 300 },
    );
  });
});
