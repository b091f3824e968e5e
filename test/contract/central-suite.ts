import { bufferCount, firstValueFrom, take, toArray } from 'rxjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeHeartRateMeasurement } from '../../src/profile/index.js';
import { type Central, type Connection, scan } from '../../src/sensor/index.js';

/** A central with one heart-rate sensor around. */
export interface CentralRig {
  readonly central: Central;
  /** The name the sensor advertises. */
  readonly name: string;
  /** Makes the sensor notify; one that does so by itself has nothing to do. */
  beat(): void;
  stop(): Promise<void>;
}

/** Longest time anything here may take, milliseconds. */
const DEADLINE = 10_000;

/** What every implementation of the `Central` port does. Call it within a `describe`. */
export function centralSuite(start: () => Promise<CentralRig>): void {
  let rig: CentralRig;
  let beating: ReturnType<typeof setInterval>;
  beforeAll(async () => {
    rig = await start();
    beating = setInterval(() => rig.beat(), 50);
  });
  afterAll(async () => {
    clearInterval(beating);
    await rig?.stop();
  });

  const find = () => firstValueFrom(scan(rig.central));
  const values = (connection: Connection, count: number) =>
    firstValueFrom(connection.notifications('180d', '2a37').pipe(bufferCount(count)));

  /** Runs something with an open link, which is closed afterwards. */
  async function linked<Value>(work: (connection: Connection) => Promise<Value>): Promise<Value> {
    const { id } = await find();
    return new Promise((resolve, reject) => {
      const subscription = rig.central.connect(id).subscribe({
        next: (connection) =>
          work(connection)
            .then(resolve, reject)
            .finally(() => subscription.unsubscribe()),
        error: reject,
      });
    });
  }

  it('shows the sensor with name, id, strength and services, each time it is heard', {
    timeout: DEADLINE,
  }, async () => {
    const heard = await firstValueFrom(scan(rig.central).pipe(take(3), toArray()));
    for (const advertisement of heard) {
      expect(advertisement).toEqual({
        id: heard[0]?.id,
        name: rig.name,
        rssi: expect.any(Number),
        services: expect.arrayContaining(['180d']),
      });
      expect(advertisement.rssi).toBeLessThan(0);
    }
  });

  it('scans for several at once: that one stops does not stop the other', { timeout: DEADLINE }, async () => {
    const heard: string[] = [];
    const other = scan(rig.central).subscribe(({ id }) => heard.push(id));
    await find();
    const before = heard.length;
    await expect.poll(() => heard.length, { timeout: DEADLINE }).toBeGreaterThan(before + 1);
    other.unsubscribe();
  });

  it('connects and hands on the notified values', { timeout: DEADLINE }, async () => {
    const packets = await linked((connection) => values(connection, 3));
    for (const packet of packets) expect(decodeHeartRateMeasurement(packet).heartRate).toBeGreaterThan(0);
  });

  it('closes the link when unsubscribed from, so that it can be opened again', {
    timeout: DEADLINE,
  }, async () => {
    for (let round = 0; round < 3; round++) {
      expect(await linked((connection) => values(connection, 1))).toHaveLength(1);
    }
  });

  it('switches notifications off and on again within a link', { timeout: DEADLINE }, async () => {
    await linked(async (connection) => {
      await values(connection, 2);
      expect(await values(connection, 2)).toHaveLength(2);
    });
  });

  it('refuses a second link to the device, and leaves the first alone', { timeout: DEADLINE }, async () => {
    const { id } = await find();
    await linked(async (connection) => {
      await values(connection, 1);
      await expect(firstValueFrom(rig.central.connect(id))).rejects.toThrow(
        expect.objectContaining({ code: 'SENSOR_DISCONNECTED', retriable: true }),
      );
      expect(await values(connection, 2)).toHaveLength(2);
    });
  });

  it('takes the adapter back after it has let it go', { timeout: DEADLINE }, async () => {
    await find();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await linked((connection) => values(connection, 1))).toHaveLength(1);
  });

  it('errors for a characteristic that the device does not have', { timeout: DEADLINE }, async () => {
    const wanted = linked((connection) => firstValueFrom(connection.notifications('180d', '2aff')));
    await expect(wanted).rejects.toThrow(expect.objectContaining({ code: 'CHARACTERISTIC_NOT_FOUND' }));
    const service = linked((connection) => firstValueFrom(connection.notifications('18ff', '2a37')));
    await expect(service).rejects.toThrow(expect.objectContaining({ code: 'CHARACTERISTIC_NOT_FOUND' }));
  });

  it('errors for a device that no scan has shown', { timeout: DEADLINE }, async () => {
    await expect(firstValueFrom(rig.central.connect('no such device'))).rejects.toThrow(
      expect.objectContaining({ code: 'SENSOR_NOT_FOUND' }),
    );
  });
}
