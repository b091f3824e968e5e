import fc from 'fast-check';
import type { SensorOptions, SensorStatus } from '../../../../src/sensor/index.js';

/** What may be heard: the sensor, another of its name, one of another name, and the sensor when it is taken. */
export const devices = {
  a: { id: 'a', name: 'Strap', rssi: -60 },
  namesake: { id: 'b', name: 'Strap', rssi: -50 },
  other: { id: 'c', name: 'Other', rssi: -40 },
  taken: { id: 'a', name: 'Strap', rssi: -60, connectable: false },
} as const;

/** How a device answers what it is asked. */
export type Manner = 'answers' | 'is mute' | 'refuses';

/** What may happen to a link. */
export type Happening =
  | 'beat'
  | 'rubbish'
  | 'lost'
  | 'adapter off'
  | 'fault'
  | 'link ends'
  | 'notifications end'
  | 'notifications refused'
  | 'no heart rate';

/** One thing that happens at a central, or that somebody does who listens to a sensor. */
export type Event =
  | { readonly heard: keyof typeof devices }
  // To which link: `back` counts from the last one, which is 0.
  | { readonly accepts: Manner; readonly back: number }
  | { readonly on: Happening; readonly back: number }
  | { readonly wait: number }
  | { readonly systemTime: number }
  | { readonly do: 'scan fails' | 'join' | 'battery' | 'locate' | 'reset' }
  | { readonly well: true }
  | { readonly leaveAt: SensorStatus['state'] }
  | { readonly do: 'leave' | 'leave at the next sample' | 'leave the battery'; readonly which: number };

/** Most often the last link, but any earlier one too. */
const back = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 }));
const which = fc.nat({ max: 3 });

export const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ heard: fc.constant<'a'>('a') }) },
  { weight: 4, arbitrary: fc.record({ heard: fc.constantFrom('namesake', 'other', 'taken') }) },
  {
    weight: 16,
    arbitrary: fc.record({
      accepts: fc.constantFrom<Manner[]>('answers', 'answers', 'is mute', 'refuses'),
      back,
    }),
  },
  { weight: 24, arbitrary: fc.record({ on: fc.constant<'beat'>('beat'), back }) },
  {
    weight: 6,
    arbitrary: fc.record({
      on: fc.constantFrom<Happening[]>(
        'rubbish',
        'lost',
        'lost',
        'adapter off',
        'fault',
        'link ends',
        'notifications end',
        'notifications refused',
        'no heart rate',
      ),
      back,
    }),
  },
  { weight: 8, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 1_500 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      wait: fc.constantFrom(999, 1_000, 1_001, 2_000, 4_999, 5_000, 10_000, 20_000, 40_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ systemTime: fc.integer({ min: 0, max: 4e12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant<'scan fails'>('scan fails') }) },
  { weight: 6, arbitrary: fc.record({ well: fc.constant<true>(true) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      leaveAt: fc.constantFrom('scanning', 'connecting', 'live', 'silent', 'reconnecting'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('join', 'join', 'battery', 'locate', 'reset') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('leave', 'leave at the next sample', 'leave the battery'),
      which,
    }),
  },
);

/** Of a session: which sensor, and how patient. */
export const options: fc.Arbitrary<SensorOptions> = fc
  .tuple(
    fc.constantFrom<SensorOptions[]>({ id: 'a' }, { name: 'Strap' }, {}),
    fc.constantFrom<SensorOptions[]>(
      {},
      {},
      { reconnect: false },
      { reconnect: { attempts: 2, delay: 1 } },
      { reconnect: { delay: 3_000, maxDelay: 5_000 } },
    ),
    fc.record({
      timeout: fc.constantFrom(500, 3_000, 30_000),
      silence: fc.constantFrom(1_000, 5_000, 25_000),
    }),
  )
  .map(([choice, reconnect, times]) => ({ ...choice, ...reconnect, ...times }));
