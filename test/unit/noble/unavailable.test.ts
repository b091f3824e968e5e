import { expect, it } from 'vitest';
import { unavailable } from '../../../src/noble/unavailable.js';

it.each([
  ['poweredOff', 'linux', 'BLUETOOTH_OFF', 'rfkill unblock bluetooth'],
  ['poweredOff', 'darwin', 'BLUETOOTH_OFF', 'Control Centre'],
  ['poweredOff', 'win32', 'BLUETOOTH_OFF', 'Settings'],
  ['unauthorized', 'linux', 'BLUETOOTH_UNAUTHORIZED', 'setcap cap_net_raw'],
  ['unauthorized', 'darwin', 'BLUETOOTH_UNAUTHORIZED', 'NSBluetoothAlwaysUsageDescription'],
  ['unauthorized', 'win32', 'BLUETOOTH_UNAUTHORIZED', 'Radios'],
  ['unauthorized', 'freebsd', 'BLUETOOTH_UNAUTHORIZED', 'system settings'],
  ['unsupported', 'linux', 'BLUETOOTH_UNAVAILABLE', 'plugged in'],
  ['unknown', 'linux', 'BLUETOOTH_UNAVAILABLE', 'does not come up (unknown)'],
] as const)('says what to do about an adapter that is %s on %s', (state, platform, code, remedy) => {
  expect(unavailable(state, platform)).toMatchObject({ code, message: expect.stringContaining(remedy) });
});
