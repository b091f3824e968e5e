import { bufferCount, firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeHeartRateMeasurement } from '../../src/profile/index.js';
import { type Central, type Connection, inspect, scan } from '../../src/sensor/index.js';

/** A central with one heart-rate sensor around. */
export interface CentralRig {
  readonly central: Central;
  /** The name the sensor advertises. */
  readonly name: string;
  /** Makes the sensor notify; one that does so by itself has nothing to do. */
  beat(): void;
  stop(): Promise<void>;
}

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

  it('shows the sensor with name, id, strength and services, each time it is heard', async () => {
    // What a person has chosen is shown once, and how strong it is nobody knows.
    const times = rig.central.chooser ? 1 : 3;
    const heard = await firstValueFrom(scan(rig.central).pipe(take(times), toArray()));
    expect(heard).toHaveLength(times);
    for (const advertisement of heard) {
      expect(advertisement).toMatchObject({
        id: heard[0]?.id,
        name: rig.name,
        services: expect.arrayContaining(['180d']),
      });
      expect(advertisement.connectable).not.toBe(false);
      if (!rig.central.chooser) expect(advertisement.rssi).toBeLessThan(0);
    }
  });

  it('scans for several at once: that one stops does not stop the other', async () => {
    const heard: string[] = [];
    const other = scan(rig.central).subscribe(({ id }) => heard.push(id));
    await find();
    const before = heard.length;
    const more = rig.central.chooser ? 0 : before + 1;
    await expect.poll(() => heard.length).toBeGreaterThan(more);
    other.unsubscribe();
  });

  it('goes on scanning while a link is opened', async (context) => {
    if (rig.central.chooser) context.skip('a chooser shows one device, once');
    let heard = 0;
    const scanning = rig.central.scan().subscribe(() => heard++);
    await linked((connection) => values(connection, 1));
    const before = heard;
    await expect.poll(() => heard).toBeGreaterThan(before);
    scanning.unsubscribe();
  });

  it('tells what the device has', async () => {
    const services = await linked((connection) => firstValueFrom(connection.services()));
    const properties = (service: string, characteristic: string) =>
      services
        .find(({ uuid }) => uuid === service)
        ?.characteristics.find(({ uuid }) => uuid === characteristic)?.properties;
    expect(properties('180d', '2a37')).toEqual(['notify']);
    expect(properties('180d', '2a38')).toEqual(['read']);
    expect(properties('180d', '2a39')).toEqual(['write']);
    expect(properties('180f', '2a19')).toEqual(['read', 'notify']);
    expect(properties('180a', '2a29')).toEqual(['read']);
  });

  it('is inspected: what it has, by name', async () => {
    const { id } = await find();
    const services = await firstValueFrom(inspect(rig.central, id));
    expect(services.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Heart Rate', 'Battery', 'Device Information']),
    );
    const heartRate = services.find(({ uuid }) => uuid === '180d');
    expect(heartRate?.characteristics).toContainEqual({
      uuid: '2a37',
      name: 'Heart Rate Measurement',
      properties: ['notify'],
    });
  });

  it('reads and writes, several at once too', async () => {
    await linked(async (connection) => {
      const [location, battery, maker] = await Promise.all([
        firstValueFrom(connection.read('180d', '2a38')),
        firstValueFrom(connection.read('180f', '2a19')),
        firstValueFrom(connection.read('180a', '2a29')),
        lastValueFrom(connection.write('180d', '2a39', new Uint8Array([1])), { defaultValue: undefined }),
      ]);
      expect([...location]).toEqual([1]);
      expect(battery[0]).toBeLessThanOrEqual(100);
      expect(new TextDecoder().decode(maker)).not.toBe('');
    });
  });

  it('errors where the device refuses to be read, and goes on', async () => {
    await linked(async (connection) => {
      await expect(firstValueFrom(connection.read('180d', '2a37'))).rejects.toThrow(
        expect.objectContaining({ code: 'GATT_OPERATION_FAILED' }),
      );
      expect([...(await firstValueFrom(connection.read('180d', '2a38')))]).toEqual([1]);
      await expect(firstValueFrom(connection.read('180d', '2aff'))).rejects.toThrow(
        expect.objectContaining({ code: 'CHARACTERISTIC_NOT_FOUND' }),
      );
    });
  });

  it('connects and hands on the notified values', async () => {
    const packets = await linked((connection) => values(connection, 3));
    for (const packet of packets) expect(decodeHeartRateMeasurement(packet).heartRate).toBeGreaterThan(0);
  });

  it('closes the link when unsubscribed from, so that it can be opened again', async () => {
    for (let round = 0; round < 3; round++) {
      expect(await linked((connection) => values(connection, 1))).toHaveLength(1);
    }
  });

  it('switches notifications off and on again within a link', async () => {
    await linked(async (connection) => {
      await values(connection, 2);
      expect(await values(connection, 2)).toHaveLength(2);
    });
  });

  it('refuses a second link to the device, and leaves the first alone', async () => {
    const { id } = await find();
    await linked(async (connection) => {
      await values(connection, 1);
      await expect(firstValueFrom(rig.central.connect(id))).rejects.toThrow(
        expect.objectContaining({ code: 'SENSOR_DISCONNECTED', retriable: true }),
      );
      expect(await values(connection, 2)).toHaveLength(2);
    });
  });

  it('takes the adapter back after it has let it go', async () => {
    await find();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await linked((connection) => values(connection, 1))).toHaveLength(1);
  });

  it('errors for a characteristic that the device does not have', async () => {
    const wanted = linked((connection) => firstValueFrom(connection.notifications('180d', '2aff')));
    await expect(wanted).rejects.toThrow(expect.objectContaining({ code: 'CHARACTERISTIC_NOT_FOUND' }));
    const service = linked((connection) => firstValueFrom(connection.notifications('18ff', '2a37')));
    await expect(service).rejects.toThrow(expect.objectContaining({ code: 'CHARACTERISTIC_NOT_FOUND' }));
  });

  it('errors for a device that no scan has shown', async () => {
    await expect(firstValueFrom(rig.central.connect('no such device'))).rejects.toThrow(
      expect.objectContaining({ code: 'SENSOR_NOT_FOUND' }),
    );
  });
}
