import { firstValueFrom } from 'rxjs';
import { expect, it, vi } from 'vitest';
import { nobleCentral } from '../../../src/noble/index.js';
import { scan } from '../../../src/sensor/index.js';

// Which fork is installed, and whether this machine has Bluetooth, is not for a unit test to know.
vi.mock('@abandonware/noble', () => {
  throw new Error('ENODEV, No such device');
});
vi.mock('@stoprocent/noble', () => {
  throw new Error("Cannot find package '@stoprocent/noble'");
});

it('says what to do where no fork of noble can be loaded, and not before it is needed', async () => {
  const central = nobleCentral();
  await expect(firstValueFrom(scan(central))).rejects.toThrow(
    expect.objectContaining({
      code: 'BLUETOOTH_UNAVAILABLE',
      message: expect.stringContaining('npm install'),
      cause: expect.objectContaining({ errors: [expect.any(Error), expect.any(Error)] }),
    }),
  );
});
