import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { type WebBluetooth, webBluetoothCentral } from '../../../src/web-bluetooth/index.js';

/** A browser that answers each request for a device like this. */
const browser = (answer: WebBluetooth['requestDevice']) => ({
  requestDevice: vi.fn(answer),
  getAvailability: async () => true,
});
const rejecting = (name: string) =>
  browser(async () => {
    throw Object.assign(new Error('No.'), { name });
  });
const strap = { id: 'one', name: 'Strap', addEventListener: vi.fn(), removeEventListener: vi.fn() };
const advertisement = { id: 'one', name: 'Strap', services: ['180d'] };

const failure = (bluetooth?: WebBluetooth) =>
  firstValueFrom(webBluetoothCentral(bluetooth ? { bluetooth } : {}).scan()).catch((reason) => reason);

describe('the chooser', () => {
  it('is what there is no way around without Web Bluetooth: it says where there is one', async () => {
    expect(await failure()).toMatchObject({
      code: 'BLUETOOTH_UNAVAILABLE',
      message: expect.stringMatching(/Chromium.*https/),
    });
  });

  it('opens as soon as there is a subscriber, since the click is over afterwards', () => {
    const bluetooth = browser(() => new Promise(() => undefined));
    const scan = webBluetoothCentral({ bluetooth }).scan();
    expect(bluetooth.requestDevice).not.toHaveBeenCalled();
    scan.subscribe();
    expect(bluetooth.requestDevice).toHaveBeenCalledWith({
      filters: [{ services: [0x180d] }],
      optionalServices: [0x180d, 0x180f, 0x180a],
    });
  });

  it('is one for all who wait for it, and for all who come later', async () => {
    const bluetooth = browser(async () => strap);
    const central = webBluetoothCentral({ bluetooth, filters: [{ namePrefix: 'St' }] });
    const both = [firstValueFrom(central.scan()), firstValueFrom(central.scan())];
    expect(await Promise.all(both)).toEqual([advertisement, advertisement]);
    expect(await firstValueFrom(central.scan())).toEqual(advertisement);
    expect(bluetooth.requestDevice).toHaveBeenCalledTimes(1);
    expect(bluetooth.requestDevice.mock.calls[0]?.[0].filters).toEqual([{ namePrefix: 'St' }]);
  });

  it('is followed by a scan that stays open', async () => {
    const complete = vi.fn();
    const scan = webBluetoothCentral({ bluetooth: browser(async () => strap) }).scan();
    await new Promise((resolve) => scan.subscribe({ next: resolve, complete }));
    expect(complete).not.toHaveBeenCalled();
  });

  it.each([
    ['NotFoundError', 'SENSOR_NOT_FOUND'],
    ['SecurityError', 'BLUETOOTH_UNAUTHORIZED'],
    ['NotAllowedError', 'BLUETOOTH_UNAUTHORIZED'],
    ['TypeError', 'INVALID_ARGUMENT'],
    ['InvalidStateError', 'BLUETOOTH_UNAVAILABLE'],
  ])('that ends with a %s is a %s', async (name, code) => {
    expect(await failure(rejecting(name))).toMatchObject({ code });
  });

  it('that finds nothing for want of an adapter says so', async () => {
    const bluetooth = { ...rejecting('NotFoundError'), getAvailability: async () => false };
    expect(await failure(bluetooth)).toMatchObject({ code: 'BLUETOOTH_UNAVAILABLE' });
  });
});
