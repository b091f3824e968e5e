import { filter, map, type Observable, retry, switchMap, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import {
  decodeBatteryLevel,
  decodeBodySensorLocation,
  decodeHeartRateMeasurement,
  MalformedMeasurementError,
} from '../../../src/profile/index.js';
import { type Central, type Connection, heartRate } from '../../../src/sensor/index.js';
import { type SimulatorOptions, simulatedCentral } from '../../../src/simulator/index.js';
import { minutes, virtually, watch } from './virtually.js';

const seconds = (count: number) => count * 1_000;
/** Between two packets of the first sensor. */
const between = (second: number) => seconds(second) + 500;

const linked = <Value>(
  central: Central,
  work: (connection: Connection) => Observable<Value>,
  id = 'simulated-1',
) => watch(central.connect(id).pipe(switchMap(work)));
const packets = (central: Central) =>
  linked(central, (connection) =>
    connection.notifications('180d', '2a37').pipe(map(decodeHeartRateMeasurement)),
  );
const start = (options: SimulatorOptions = {}) => {
  const central = simulatedCentral({ start: new Date(0), ...options });
  return { central, sensor: central.sensors[0] };
};
const code = (watched: { error: unknown }) => (watched.error as { code?: string } | undefined)?.code;

describe('the device', () => {
  it('has the services of a chest strap', () => {
    const { central } = start();
    const { samples } = linked(central, (connection) => connection.services());
    expect(samples[0]?.map(({ uuid }) => uuid)).toEqual(['180d', '180f', '180a']);
  });

  it.each<[string, string, (value: Uint8Array) => unknown, unknown]>([
    ['180d', '2a38', (value: Uint8Array) => decodeBodySensorLocation(value), 'chest'],
    ['180f', '2a19', (value: Uint8Array) => decodeBatteryLevel(value) > 50, true],
    ['180a', '2a29', (value: Uint8Array) => new TextDecoder().decode(value), 'liveheartrate'],
    ['180a', '2a25', (value: Uint8Array) => new TextDecoder().decode(value), 'SIM-1'],
    ['180a', '2a26', (value: Uint8Array) => new TextDecoder().decode(value), '1.0.0'],
  ])('answers when %s/%s is read', (service, characteristic, decode, expected) => {
    const { central } = start();
    const read = linked(central, (connection) => connection.read(service, characteristic));
    expect(read.samples.map((value) => decode(value))).toEqual([expected]);
  });

  it.each<[string, (connection: Connection) => Observable<unknown>, string]>([
    ['a read of what is notified', (link) => link.read('180d', '2a37'), 'GATT_OPERATION_FAILED'],
    ['notifications of what is read', (link) => link.notifications('180d', '2a38'), 'GATT_OPERATION_FAILED'],
    [
      'a write to what is read',
      (link) => link.write('180f', '2a19', Uint8Array.of(1)),
      'GATT_OPERATION_FAILED',
    ],
    ['another command', (link) => link.write('180d', '2a39', Uint8Array.of(2)), 'GATT_OPERATION_FAILED'],
    ['a longer command', (link) => link.write('180d', '2a39', Uint8Array.of(1, 0)), 'GATT_OPERATION_FAILED'],
    ['an unknown characteristic', (link) => link.read('180d', '2aff'), 'CHARACTERISTIC_NOT_FOUND'],
    ['one of another service', (link) => link.read('180d', '2a19'), 'CHARACTERISTIC_NOT_FOUND'],
    ['an unknown service', (link) => link.notifications('18ff', '2a37'), 'CHARACTERISTIC_NOT_FOUND'],
  ])('refuses %s', (_, operation, expected) => {
    expect(code(linked(start().central, operation))).toBe(expected);
  });

  it('counts energy in each tenth packet, until that is reset', () => {
    virtually((at) => {
      const { central } = start({ workout: [{ name: 'run', seconds: 60, effort: 0.7 }] });
      const { samples } = linked(central, (connection) => {
        at(minutes(5) + 500, () => {
          watch(connection.write('180d', '2a39', Uint8Array.of(1)));
        });
        return connection.notifications('180d', '2a37').pipe(map(decodeHeartRateMeasurement));
      });
      at(minutes(10) + 500, () => {
        const energies = samples.map(({ energyExpended }) => energyExpended);
        expect(energies.findIndex((energy) => energy !== undefined)).toBe(9);
        const sent = energies.filter((energy) => energy !== undefined);
        expect(sent).toHaveLength(60);
        const [before, after] = [sent.slice(0, 30), sent.slice(30)];
        for (const part of [before, after]) expect(part).toEqual([...part].sort((a, b) => a - b));
        // Five minutes of running.
        expect(before.at(-1)).toBeGreaterThan(100);
        expect(before.at(-1)).toBeLessThan(500);
        expect(after[0]).toBeLessThan(20);
      });
    });
  });

  it('can count no more energy than the field holds', () => {
    virtually((at) => {
      const { central } = start({ speed: 10_000, workout: [{ name: 'run', seconds: 60, effort: 1 }] });
      const energy$ = (connection: Connection) =>
        connection.notifications('180d', '2a37').pipe(
          map((value) => decodeHeartRateMeasurement(value).energyExpended),
          filter((energy) => energy !== undefined),
        );
      const { samples } = linked(central, energy$);
      at(seconds(12), () => expect(samples.at(-1)).toBe(65_535));
    });
  });

  it('tells the level of its battery when that changes, and it falls slowly', () => {
    virtually((at) => {
      const { central } = start({ speed: 1_000 });
      const { samples } = linked(central, (connection) =>
        connection.notifications('180f', '2a19').pipe(map(decodeBatteryLevel)),
      );
      at(seconds(24 * 3.6), () => {
        expect(samples).toHaveLength(6);
        expect(samples.every((level, at) => at === 0 || level === (samples[at - 1] ?? 0) - 1)).toBe(true);
      });
    });
  });
});

describe('a fault', () => {
  it('disconnect: the link errors, and heartRate opens it again', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const plain = packets(central);
      at(between(3), () => sensor.disconnect());
      at(between(4), () => {
        expect(plain.samples).toHaveLength(3);
        expect(plain.error).toMatchObject({ code: 'SENSOR_DISCONNECTED', retriable: true });
        expect(sensor.connected).toBe(false);
      });
      at(between(5), () => {
        const { samples } = watch(heartRate(central));
        at(between(20), () => sensor.disconnect());
        at(between(40), () => {
          expect(sensor.connected).toBe(true);
          expect(samples.length).toBeGreaterThan(28);
          expect(samples.map(({ sequence }) => sequence)).toEqual(samples.map((_, sequence) => sequence));
        });
      });
    });
  });

  it('silence: nothing is sent, for a time or until it is ended', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const { samples } = packets(central);
      at(between(2), () => sensor.silence(seconds(3)));
      at(between(5), () => expect(samples).toHaveLength(2));
      at(between(7), () => {
        expect(samples).toHaveLength(4);
        sensor.silence();
      });
      at(minutes(5), () => {
        expect(samples).toHaveLength(4);
        sensor.resume();
      });
      at(minutes(5) + between(1), () => expect(samples).toHaveLength(6));
    });
  });

  it('garbage: so many packets cannot be decoded, and those after them can', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const errors: MalformedMeasurementError[] = [];
      const { samples } = watch(
        heartRate(central, { id: sensor.id, silence: 60_000, onMalformed: (error) => errors.push(error) }),
      );
      at(between(10), () => sensor.garbage(20));
      at(between(40), () => {
        expect(errors).toHaveLength(20);
        for (const error of errors) expect(error).toBeInstanceOf(MalformedMeasurementError);
        expect(samples).toHaveLength(20);
      });
    });
  });

  it('garbage of a length: random bytes of that length', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const { samples } = linked(central, (connection) => connection.notifications('180d', '2a37'));
      at(between(2), () => sensor.garbage(3, 64));
      at(between(6), () => {
        expect(samples.slice(2, 5).map(({ length }) => length)).toEqual([64, 64, 64]);
        expect(samples[5]?.length).toBeLessThan(20);
      });
    });
  });

  it('delay: packets are kept back and come together, in order', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const usual = packets(start().central);
      const delayed = packets(central);
      at(between(2), () => sensor.delay(seconds(3)));
      at(between(5), () => expect(delayed.samples).toHaveLength(2));
      at(between(6), () => expect(delayed.samples).toHaveLength(6));
      at(between(9), () => expect(delayed.samples).toEqual(usual.samples));
    });
  });

  it('delay: a link that ends takes them with it', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const first = packets(central);
      at(between(2), () => sensor.delay(seconds(10)));
      at(between(5), () => sensor.disconnect());
      at(between(6), () => {
        sensor.resume();
        const second = packets(central);
        at(between(8), () => expect(second.samples).toHaveLength(2));
      });
      at(between(7), () => expect(first.samples).toHaveLength(2));
    });
  });

  it('off the skin: no contact, no intervals, then no rate; and it all comes back', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const { samples } = packets(central);
      at(between(60), () => sensor.takeOff());
      at(between(90), () => sensor.putOn());
      at(between(120), () => {
        const [off, on] = [samples.slice(60, 90), samples.slice(90)];
        for (const { sensorContact, rrIntervals } of off) {
          expect(sensorContact).toBe(false);
          expect(rrIntervals).toEqual([]);
        }
        const rates = off.map(({ heartRate: rate }) => rate);
        expect(rates.slice(9).every((rate) => rate === 0)).toBe(true);
        expect(rates.slice(0, rates.indexOf(0)).every((rate) => rate > 40 && rate < 90)).toBe(true);
        for (const { sensorContact, heartRate: rate } of on) {
          expect(sensorContact).toBe(true);
          expect(rate).toBeGreaterThan(40);
        }
        // One beat begins the first interval, which is longer than a second at most.
        const total = on.flatMap(({ rrIntervals }) => rrIntervals).reduce((sum, rr) => sum + rr, 0);
        expect(total).toBeGreaterThan(seconds(27));
        expect(total).toBeLessThanOrEqual(seconds(30));
      });
    });
  });

  it('no advertising: it is not heard and accepts no link, but keeps the one it has', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const { samples } = packets(central);
      sensor.stopAdvertising();
      at(between(3), () => {
        expect(samples).toHaveLength(3);
        sensor.disconnect();
        const heard = watch(central.scan());
        expect(code(packets(central))).toBe('SENSOR_DISCONNECTED');
        at(between(4), () => {
          expect(heard.samples).toEqual([]);
          sensor.startAdvertising();
        });
        at(between(5), () => expect(heard.samples.length).toBeGreaterThan(0));
      });
    });
  });

  it('another address: the same name under a new id, and the former one is not answered', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const former = sensor.id;
      sensor.changeAddress();
      expect(sensor.id).not.toBe(former);
      expect(code(linked(central, (connection) => connection.services(), former))).toBe(
        'SENSOR_DISCONNECTED',
      );
      expect(code(linked(central, (connection) => connection.services(), 'nobody'))).toBe('SENSOR_NOT_FOUND');
      const { samples } = watch(central.scan());
      at(50, () => expect(samples).toMatchObject([{ id: sensor.id, name: 'Simulated 1' }]));
    });
  });

  it('the adapter off: scans and links end, new ones are refused, until it is on again', () => {
    virtually((at) => {
      const { central } = start({ sensors: 2 });
      const scanning = watch(central.scan());
      const link = packets(central);
      const off = { code: 'BLUETOOTH_OFF', message: expect.stringContaining('switchOn') };
      at(between(3), () => {
        central.switchOff();
        for (const ended of [scanning, link, watch(central.scan()), packets(central)])
          expect(ended.error).toMatchObject(off);
        central.switchOn();
        const again = packets(central);
        at(between(6), () => expect(again.samples).toHaveLength(3));
      });
      at(between(7), () => expect(link.samples).toHaveLength(3));
    });
  });

  it('changes no beat', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const beats = (from: Central) =>
        watch(
          heartRate(from, { id: 'simulated-1', onMalformed: () => undefined }).pipe(
            map(({ timestamp, rrIntervals }) => ({ timestamp, rrIntervals })),
          ),
        );
      const [usual, faulty] = [beats(start().central), beats(central)];
      sensor.garbage(5);
      at(between(10), () => sensor.takeOff());
      at(between(20), () => sensor.putOn());
      at(between(60), () => {
        expect(faulty.samples).toHaveLength(55);
        expect(faulty.samples.slice(-30)).toEqual(usual.samples.slice(-30));
      });
    });
  });

  it.each<[string, (sensor: ReturnType<typeof start>['sensor']) => void]>([
    ['a silence of no time', (sensor) => sensor.silence(0)],
    ['a delay for ever', (sensor) => sensor.delay(Number.POSITIVE_INFINITY)],
    ['a delay of no number', (sensor) => sensor.delay(Number.NaN)],
    ['no garbage', (sensor) => sensor.garbage(0)],
    ['garbage that is too long', (sensor) => sensor.garbage(1, 513)],
  ])('of %s is refused', (_, fault) => {
    expect(() => fault(start().sensor)).toThrow(InvalidArgumentError);
  });
});

describe('a link', () => {
  it('that is given up ends what goes on over it, and answers no more', () => {
    virtually((at) => {
      const { central } = start();
      const links: Connection[] = [];
      const link = watch(central.connect('simulated-1').pipe(tap((connection) => links.push(connection))));
      const [connection] = links;
      if (connection === undefined) throw new Error('There is no link.');
      const values = watch(connection.notifications('180d', '2a37'));
      at(between(2), () => {
        link.stop();
        expect(values.samples).toHaveLength(2);
        expect(code(values)).toBe('SENSOR_DISCONNECTED');
        expect(code(watch(connection.read('180f', '2a19')))).toBe('SENSOR_DISCONNECTED');
      });
    });
  });

  it('can be opened again at once, and nothing comes twice', () => {
    virtually((at) => {
      const { central, sensor } = start();
      const { samples } = watch(
        central.connect(sensor.id).pipe(
          switchMap((connection) => connection.notifications('180d', '2a37')),
          retry(),
        ),
      );
      for (const second of [3, 4, 5]) at(between(second), () => sensor.disconnect());
      at(between(20), () => expect(samples).toHaveLength(20));
    });
  });

  it('tells all who listen the same', () => {
    virtually((at) => {
      const { central } = start();
      const twice = linked(central, (connection) => {
        const second = watch(connection.notifications('180d', '2a37'));
        return connection.notifications('180d', '2a37').pipe(map((value) => [value, second.samples.at(-1)]));
      });
      at(between(3), () => {
        expect(twice.samples).toHaveLength(3);
        for (const [first, second] of twice.samples) expect(first).toEqual(second);
      });
    });
  });
});
