import { EMPTY, NEVER, type Observable, of, Subject, throwError } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  type Connection,
  GattOperationError,
  type Sensor,
  SensorDisconnectedError,
} from '../../../src/sensor/index.js';
import { fakeTime, live, watched } from './faked.js';

fakeTime();

const text = (value: string) => of(new TextEncoder().encode(value));
const refused = throwError(() => new GattOperationError('Reading is not permitted.'));

/** A device that answers these characteristics alone, by their UUIDs. */
function device(values: Record<string, Observable<Uint8Array>>): Partial<Connection> {
  return {
    read: (service, characteristic) =>
      values[`${service}/${characteristic}`] ??
      throwError(() => new CharacteristicNotFoundError(service, characteristic)),
  };
}

/** What has become of a promise by now. */
function outcome<Value>(promise: Promise<Value>) {
  const seen: { value?: Value; error?: unknown } = {};
  promise.then(
    (value) => Object.assign(seen, { value }),
    (error: unknown) => Object.assign(seen, { error }),
  );
  return async () => {
    await vi.advanceTimersByTimeAsync(0);
    return seen;
  };
}

const operations: [string, (sensor: Sensor) => Promise<unknown>][] = [
  ['info', (sensor) => sensor.info()],
  ['bodySensorLocation', (sensor) => sensor.bodySensorLocation()],
  ['resetEnergyExpended', (sensor) => sensor.resetEnergyExpended()],
];

it('rejects where the answer is none', async () => {
  const { script, sensor } = watched();
  const location = outcome(sensor.bodySensorLocation());
  script.advertise('a');
  script.accept(device({ '180d/2a38': EMPTY }));
  expect(await location()).toEqual({ error: expect.objectContaining({ code: 'GATT_OPERATION_FAILED' }) });
});

describe('connect: info', () => {
  it('reads what the device says of itself', async () => {
    const { script, sensor } = watched();
    const info = sensor.info();
    script.advertise('a');
    script.accept(
      device({
        '180a/2a29': text('Garmin'),
        '180a/2a24': text('HRM-Pro\0'),
        '180a/2a25': text('1234'),
        '180a/2a26': text('7.10'),
        '180a/2a27': text('B'),
        '180a/2a28': text('Grüße'),
      }),
    );
    await expect(info).resolves.toEqual({
      manufacturer: 'Garmin',
      model: 'HRM-Pro',
      serial: '1234',
      firmware: '7.10',
      hardware: 'B',
      software: 'Grüße',
    });
    expect(script.count).toEqual({ scans: 0, connects: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves out what the device lacks or keeps to itself', async () => {
    const { script, sensor } = watched();
    const info = sensor.info();
    script.advertise('a');
    script.accept(device({ '180a/2a29': refused, '180a/2a26': text('7.10') }));
    const found = await info;
    expect(found).toEqual({ firmware: '7.10' });
    expect(Object.keys(found)).toEqual(['firmware']);
  });

  it('rejects where the device stops to answer', async () => {
    const { script, sensor } = watched();
    const info = outcome(sensor.info());
    script.advertise('a');
    script.accept(device({ '180a/2a29': text('Garmin'), '180a/2a24': NEVER }));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(await info()).toEqual({});
    await vi.advanceTimersByTimeAsync(1);
    expect((await info()).error).toMatchObject({
      code: 'SENSOR_TIMEOUT',
      message: 'The sensor did not answer a read within 5000 ms.',
    });
  });
});

describe('connect: bodySensorLocation', () => {
  it.each([
    [1, 'chest'],
    [2, 'wrist'],
    [7, undefined],
  ])('reads %i as %s', async (number, location) => {
    const { script, sensor } = watched();
    const read = sensor.bodySensorLocation();
    script.advertise('a');
    script.accept(device({ '180d/2a38': of(new Uint8Array([number])) }));
    await expect(read).resolves.toBe(location);
  });

  it.each([
    ['is lacking', {}, 'CHARACTERISTIC_NOT_FOUND'],
    ['is refused', { '180d/2a38': refused }, 'GATT_OPERATION_FAILED'],
    ['is empty', { '180d/2a38': of(new Uint8Array()) }, 'MALFORMED_BODY_SENSOR_LOCATION'],
  ])('rejects where it %s, and the session goes on', async (_, values, code) => {
    const { script, sensor, listen } = watched();
    const { rates, errors } = listen();
    script.advertise('a');
    script.accept(device(values));
    await expect(sensor.bodySensorLocation()).rejects.toMatchObject({ code });
    script.beat(60);
    expect(rates()).toEqual([60]);
    expect(errors).toEqual([]);
  });
});

describe('connect: resetEnergyExpended', () => {
  it('writes the one command of the control point and waits for its acknowledgement', async () => {
    const { script, sensor } = watched();
    const acknowledged = new Subject<never>();
    const write = vi.fn(() => acknowledged);
    const reset = outcome(sensor.resetEnergyExpended());
    script.advertise('a');
    script.accept({ write });
    expect(write).toHaveBeenCalledExactlyOnceWith('180d', '2a39', new Uint8Array([1]));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(await reset()).toEqual({});
    acknowledged.complete();
    expect(await reset()).toEqual({ value: undefined });
    expect(Object.keys(await reset())).toEqual(['value']);
    expect(script.count).toEqual({ scans: 0, connects: 0 });
  });

  it('rejects where the sensor does not acknowledge in time', async () => {
    const { script, sensor } = watched();
    const reset = outcome(sensor.resetEnergyExpended());
    script.advertise('a');
    script.accept({ write: () => NEVER });
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await reset()).error).toMatchObject({
      code: 'SENSOR_TIMEOUT',
      message: 'The sensor did not answer a write within 5000 ms.',
    });
  });

  it('rejects where the sensor refuses', async () => {
    const { script, sensor } = watched();
    const reset = sensor.resetEnergyExpended();
    script.advertise('a');
    script.accept({ write: () => throwError(() => new GattOperationError('Writing is not permitted.')) });
    await expect(reset).rejects.toMatchObject({ code: 'GATT_OPERATION_FAILED' });
  });
});

describe.each(operations)('connect: an operation (%s)', (_, operate) => {
  /** A device that answers nothing. */
  const mute: Partial<Connection> = { read: () => NEVER, write: () => NEVER };

  it('uses the link that is open, and leaves it to who has it', async () => {
    const { script, sensor, subscription } = live();
    await operate(sensor);
    expect(script.connectedTo()).toEqual(['a']);
    expect(script.count).toEqual({ scans: 0, connects: 1 });
    subscription.unsubscribe();
    expect(script.count).toEqual({ scans: 0, connects: 0 });
  });

  it('rejects where the link is lost meanwhile; the session opens the next', async () => {
    const { script, sensor, states, subscription } = live();
    script.drop(new SensorDisconnectedError('lost'));
    vi.advanceTimersByTime(250);
    script.advertise('a');
    script.accept(mute);
    script.beat(61);
    const operation = outcome(operate(sensor));
    script.drop(new SensorDisconnectedError('lost again'));
    expect((await operation()).error).toMatchObject({ code: 'SENSOR_DISCONNECTED' });
    expect(states().at(-1)).toBe('reconnecting');
    subscription.unsubscribe();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for the next link while there is none', async () => {
    const { script, sensor } = live();
    script.drop(new SensorDisconnectedError('lost'));
    const operation = outcome(operate(sensor));
    vi.advanceTimersByTime(250);
    expect(await operation()).toEqual({});
    script.advertise('a');
    script.accept();
    expect(await operation()).not.toHaveProperty('error');
    expect(await operation()).toHaveProperty('value');
  });

  it('rejects where there is no link in time, and gives up what it began', async () => {
    const { script, sensor } = watched({ id: 'a', timeout: 8_000 });
    const operation = outcome(operate(sensor));
    script.advertise('a');
    await vi.advanceTimersByTimeAsync(7_999);
    expect(await operation()).toEqual({});
    await vi.advanceTimersByTimeAsync(1);
    expect((await operation()).error).toMatchObject({
      code: 'SENSOR_TIMEOUT',
      message: 'The sensor was not connected within 8000 ms.',
    });
    expect(script.count).toEqual({ scans: 0, connects: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with what ends the session', async () => {
    const { script, sensor, states } = watched();
    const operation = outcome(operate(sensor));
    script.failScan(new BluetoothUnavailableError('off'));
    expect((await operation()).error).toMatchObject({ code: 'BLUETOOTH_UNAVAILABLE' });
    expect(states()).toEqual(['scanning', 'ended']);
  });

  it('is not disturbed by heart rates', async () => {
    const { script, sensor } = watched();
    const operation = outcome(operate(sensor));
    script.advertise('a');
    script.accept(mute);
    script.beat(60);
    expect(await operation()).toEqual({});
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await operation()).error).toMatchObject({ code: 'SENSOR_TIMEOUT' });
  });
});
