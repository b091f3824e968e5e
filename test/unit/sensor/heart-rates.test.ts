import { Observable, of } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import type { HeartRateSample } from '../../../src/sample/index.js';
import {
  CharacteristicNotFoundError,
  type HeartRatesOptions,
  heartRate,
  heartRates,
  SensorDisconnectedError,
} from '../../../src/sensor/index.js';
import { type SimulatorOptions, simulatedCentral } from '../../../src/simulator/index.js';

beforeEach(() => {
  vi.useFakeTimers();
  // Chance decides how long to wait before connecting again: not at all, here.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const SECOND = 1_000;

function listen(simulation: SimulatorOptions, options: HeartRatesOptions = {}) {
  const central = simulatedCentral(simulation);
  const scans = { open: 0, opened: 0 };
  const watched = {
    ...central,
    scan: () =>
      new Observable<never>((subscriber) => {
        scans.open++;
        scans.opened++;
        subscriber.add(() => scans.open--);
        subscriber.add(central.scan().subscribe(subscriber as never));
      }),
  };
  let samples: HeartRateSample[] = [];
  const statuses: string[] = [];
  const errors: unknown[] = [];
  const subscription = heartRates(watched, {
    onStatus: ({ state }, sensor) => statuses.push(`${sensor.name} ${state}`),
    ...options,
  }).subscribe({ next: (sample) => samples.push(sample), error: (error) => errors.push(error) });
  const connected = () => central.sensors.filter((sensor) => sensor.connected).map(({ name }) => name);
  return {
    central,
    sensors: central.sensors,
    scans,
    statuses,
    errors,
    subscription,
    connected,
    /** Lets time pass, and answers with what came in it. */
    pass(seconds: number): readonly HeartRateSample[] {
      samples = [];
      vi.advanceTimersByTime(seconds * SECOND);
      return samples;
    },
  };
}

const namesOf = (samples: readonly HeartRateSample[]) =>
  [...new Set(samples.map(({ sensor }) => sensor.name))].sort();
const sessionOf = (samples: readonly HeartRateSample[], name: string | undefined) => [
  ...new Set(samples.filter(({ sensor }) => sensor.name === name).map(({ session }) => session)),
];

describe('heartRates', () => {
  it('connects to every sensor around, and says whose each sample is', () => {
    const { pass, subscription, errors } = listen({ sensors: 20 });
    const samples = pass(11);
    expect(namesOf(samples)).toHaveLength(20);
    for (let number = 1; number <= 20; number++) {
      const own = samples.filter(({ sensor }) => sensor.id === `simulated-${number}`);
      expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, at) => at));
      expect(own.length).toBeGreaterThanOrEqual(10);
    }
    expect(new Set(samples.map(({ session }) => session)).size).toBe(20);
    expect(errors).toEqual([]);
    subscription.unsubscribe();
  });

  it('gives each sensor the rates that it would have alone', () => {
    const { pass, subscription, central } = listen({ sensors: 3, seed: 7 });
    const among = pass(30).filter(({ sensor }) => sensor.name === 'Simulated 2');
    subscription.unsubscribe();
    expect(central.sensors).toHaveLength(3);
    const alone: number[] = [];
    const single = heartRate(simulatedCentral({ sensors: 3, seed: 7 }), { id: 'simulated-2' }).subscribe(
      (sample) => alone.push(sample.heartRate),
    );
    vi.advanceTimersByTime(25 * SECOND);
    expect(among.slice(0, 20).map((sample) => sample.heartRate)).toEqual(alone.slice(0, 20));
    single.unsubscribe();
  });

  it('connects to no more than max, and listens for nobody while there is no place', () => {
    const { pass, subscription, connected, scans } = listen({ sensors: 5 }, { max: 2 });
    expect(namesOf(pass(10))).toHaveLength(2);
    expect(connected()).toHaveLength(2);
    expect(scans.open).toBe(0);
    subscription.unsubscribe();
    expect(connected()).toEqual([]);
    expect(scans).toEqual({ open: 0, opened: 1 });
  });

  it('gives the place of one that is lost to another, and takes the session up again when there is a place', () => {
    const { pass, subscription, sensors, connected, statuses } = listen({ sensors: 2 }, { max: 1 });
    const [first, second] = sensors;
    const before = pass(3);
    expect(namesOf(before)).toEqual(['Simulated 1']);
    first.stopAdvertising();
    first.disconnect();
    expect(namesOf(pass(5))).toEqual(['Simulated 2']);
    first.startAdvertising();
    pass(5);
    expect(connected()).toEqual(['Simulated 2']);
    expect(statuses.at(-1)).toBe('Simulated 2 live');
    second?.stopAdvertising();
    second?.disconnect();
    const again = pass(5);
    expect(namesOf(again)).toEqual(['Simulated 1']);
    expect(sessionOf(again, 'Simulated 1')).toEqual(sessionOf(before, 'Simulated 1'));
    expect(again[0]?.sequence).toBe((before.at(-1)?.sequence ?? 0) + 1);
    subscription.unsubscribe();
  });

  it('connects again to each that is lost or silent, in its session, while the others go on', () => {
    const { pass, subscription, sensors, statuses } = listen({ sensors: 3 });
    const before = pass(5);
    sensors[0].disconnect();
    sensors[1]?.silence(10 * SECOND);
    const during = pass(15).filter(({ sensor }) => sensor.name === 'Simulated 3');
    expect(during.length).toBeGreaterThanOrEqual(14);
    expect(during.map(({ sequence }) => sequence)).toEqual(
      during.map((_, at) => at + (during[0]?.sequence ?? 0)),
    );
    const last = pass(5);
    for (const name of ['Simulated 1', 'Simulated 2', 'Simulated 3'])
      expect(sessionOf(last, name)).toEqual(sessionOf(before, name));
    expect(statuses).toEqual(expect.arrayContaining(['Simulated 1 reconnecting', 'Simulated 2 silent']));
    expect(statuses).not.toContain('Simulated 3 reconnecting');
    subscription.unsubscribe();
  });

  it('never mixes two sensors: another id is another session, also under the same name', () => {
    const { pass, subscription, sensors } = listen({});
    const before = pass(5);
    sensors[0].changeAddress();
    sensors[0].disconnect();
    const again = pass(5);
    expect(again[0]).toMatchObject({ sequence: 0, sensor: { name: 'Simulated 1', id: sensors[0].id } });
    expect(again[0]?.session).not.toBe(before[0]?.session);
    subscription.unsubscribe();
  });

  it('takes only those of a name', () => {
    const { pass, subscription } = listen({ sensors: 12 }, { name: /1$/ });
    expect(namesOf(pass(3))).toEqual(['Simulated 1', 'Simulated 11']);
    subscription.unsubscribe();
  });

  it('waits for an adapter that goes, and errors where there is none to begin with', () => {
    const { pass, subscription, central, errors } = listen({ sensors: 2 });
    const before = pass(3);
    central.switchOff();
    expect(pass(60)).toEqual([]);
    central.switchOn();
    const again = pass(20);
    expect(namesOf(again)).toEqual(['Simulated 1', 'Simulated 2']);
    expect(sessionOf(again, 'Simulated 1')).toEqual(sessionOf(before, 'Simulated 1'));
    expect(errors).toEqual([]);
    subscription.unsubscribe();
    central.switchOff();
    heartRates(central).subscribe({ error: (error) => errors.push(error) });
    expect(errors).toEqual([expect.objectContaining({ code: 'BLUETOOTH_OFF' })]);
  });

  it('errors when the adapter goes where nothing is to be tried again', () => {
    const { pass, central, errors } = listen({}, { reconnect: false });
    pass(3);
    central.switchOff();
    expect(errors).toEqual([expect.objectContaining({ code: 'BLUETOOTH_OFF' })]);
  });

  it('leaves one that ends alone for a while, and says so where nobody asks for statuses', () => {
    const said = vi.spyOn(console, 'warn').mockReturnValue();
    const { pass, subscription, sensors, errors } = listen(
      { sensors: 2 },
      { reconnect: false, onStatus: undefined as never },
    );
    const before = pass(3);
    sensors[0].disconnect();
    expect(namesOf(pass(9))).toEqual(['Simulated 2']);
    const again = pass(5).filter(({ sensor }) => sensor.name === 'Simulated 1');
    expect(again[0]?.sequence).toBe(0);
    expect(sessionOf(again, 'Simulated 1')).not.toEqual(sessionOf(before, 'Simulated 1'));
    expect(said).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/SENSOR_DISCONNECTED(?!.*simulated-1)/),
    );
    expect(errors).toEqual([]);
    subscription.unsubscribe();
  });

  it('asks no more what measures no heart rate', () => {
    const statuses: string[] = [];
    let connects = 0;
    const scale = { id: 'scale', name: 'Scale', services: [] };
    const { scan, connect } = simulatedCentral();
    const subscription = heartRates(
      {
        scan: () =>
          new Observable((subscriber) => {
            const told = setInterval(() => subscriber.next(scale), SECOND);
            subscriber.add(scan().subscribe(subscriber));
            subscriber.add(() => clearInterval(told));
          }),
        connect: (id) => {
          if (id !== 'scale') return connect(id);
          connects++;
          return of({
            services: () => of([]),
            read: () => of(),
            write: () => of() as never,
            notifications: (service: string, characteristic: string) => {
              throw new CharacteristicNotFoundError(service, characteristic);
            },
          });
        },
      },
      { name: /./, onStatus: ({ state }, { name }) => statuses.push(`${name} ${state}`) },
    ).subscribe();
    vi.advanceTimersByTime(60 * SECOND);
    expect(connects).toBe(1);
    expect(statuses).toContain('Scale ended');
    expect(statuses.at(-1)).not.toBe('Simulated 1 ended');
    subscription.unsubscribe();
  });

  it('is one sensor where a person chooses, and shows it again when it was lost', () => {
    const central = simulatedCentral({ sensors: 2 });
    const { id, name } = central.sensors[0];
    const chosen = { id, name, services: ['180d'] };
    const rates: number[] = [];
    const subscription = heartRates({
      ...central,
      chooser: true,
      scan: () => new Observable((subscriber) => subscriber.next(chosen)),
    }).subscribe(({ sequence }) => rates.push(sequence));
    vi.advanceTimersByTime(3 * SECOND);
    central.sensors[0].disconnect();
    vi.advanceTimersByTime(3 * SECOND);
    expect(rates).toEqual([0, 1, 2, 3, 4, 5]);
    subscription.unsubscribe();
  });

  it('forgets those that were longest away where there are too many', () => {
    const ended: string[] = [];
    let number = 0;
    const subscription = heartRates(
      {
        scan: () =>
          new Observable((subscriber) => {
            const told = setInterval(() => subscriber.next({ id: `${number++}`, services: ['180d'] }), 1);
            subscriber.add(() => clearInterval(told));
          }),
        connect: () => {
          throw new SensorDisconnectedError('gone');
        },
      },
      {
        onStatus: ({ state }, { id }) => state === 'ended' && ended.push(id),
      },
    ).subscribe();
    vi.advanceTimersByTime(1_003);
    expect(ended).toEqual(['0', '1', '2']);
    subscription.unsubscribe();
    expect(ended).toHaveLength(1_003);
  });

  it('ends one sensor alone also for a fault that is nobody’s, and says no more of it than its kind', () => {
    const said = vi.spyOn(console, 'warn').mockReturnValue();
    const { pass, sensors, errors, subscription } = listen(
      { sensors: 2 },
      {
        onStatus: undefined as never,
        onMalformed: () => {
          throw new TypeError('C1:00:00:00:00:01');
        },
      },
    );
    pass(3);
    sensors[0].garbage(1);
    expect(namesOf(pass(5).slice(2))).toEqual(['Simulated 2']);
    expect(said).toHaveBeenCalledExactlyOnceWith('liveheartrate: TypeError: see its error.');
    expect(errors).toEqual([]);
    subscription.unsubscribe();
  });

  it('does not keep to itself that onStatus throws', () => {
    const said = vi.spyOn(console, 'warn').mockReturnValue();
    const { pass, subscription } = listen(
      {},
      {
        onStatus: ({ state }) => {
          if (state === 'live') throw new RangeError('a fault in the program');
        },
      },
    );
    pass(3);
    expect(said).toHaveBeenCalledExactlyOnceWith('liveheartrate: RangeError: see its error.');
    subscription.unsubscribe();
  });

  it('closes every link at the end, though somebody throws', () => {
    const unhandled = vi.fn();
    const { pass, sensors, subscription } = listen(
      { sensors: 3 },
      {
        onStatus: ({ state }) => {
          if (state === 'ended') throw new Error('a fault in the program');
        },
      },
    );
    pass(3);
    try {
      subscription.unsubscribe();
    } catch (error) {
      unhandled(error);
    }
    expect(unhandled).toHaveBeenCalledOnce();
    expect(sensors.filter(({ connected }) => connected)).toEqual([]);
  });

  it('takes no other for the one that a person has chosen, and ends with it', () => {
    const { sensors, connect } = simulatedCentral({ sensors: 2 });
    const ids: string[] = [];
    const errors: unknown[] = [];
    let scans = 0;
    const options = { onStatus: () => undefined, reconnect: { attempts: 1 } };
    const chosen = {
      chooser: true,
      scan: () =>
        new Observable<{ id: string; services: string[] }>((subscriber) => {
          const { id } = sensors[[0, 1, 1][scans++] ?? 0] ?? sensors[0];
          subscriber.next({ id, services: [] });
        }),
      connect,
    };
    const subscription = heartRates(chosen, options).subscribe({
      next: ({ sensor }) => ids.push(sensor.id),
      error: (error) => errors.push(error),
    });
    vi.advanceTimersByTime(3 * SECOND);
    sensors[0].disconnect();
    vi.advanceTimersByTime(10 * SECOND);
    expect(new Set(ids)).toEqual(new Set(['simulated-1']));
    expect(sensors[1]?.connected).toBe(false);
    subscription.unsubscribe();

    heartRates(
      {
        ...chosen,
        connect: () => {
          throw new SensorDisconnectedError('gone');
        },
      },
      { ...options, reconnect: false },
    ).subscribe({ error: (error) => errors.push(error) });
    expect(errors).toEqual([expect.objectContaining({ code: 'SENSOR_DISCONNECTED' })]);
  });

  it.each([{ max: 0 }, { max: 1.5 }, { max: Number.NaN }, { name: '' }, { silence: 0 }])(
    'refuses %o',
    (options) => {
      expect(() => heartRates(simulatedCentral(), options)).toThrow(InvalidArgumentError);
    },
  );
});
