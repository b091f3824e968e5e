import { EMPTY, from, NEVER, of, throwError } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeCheck } from '../../../src/cli/doctor/check.js';
import { checkCapability, checkNode, checkPlatform } from '../../../src/cli/doctor/machine.js';
import { failedNoble } from '../../../src/cli/doctor/noble.js';
import { checkAdapter, checkStraps } from '../../../src/cli/doctor/radio.js';
import { BluetoothUnavailableError } from '../../../src/sensor/index.js';

describe('the machine', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
    ['20.18.9', 'failed'],
    ['18.20.4', 'failed'],
  ])('Node.js %s is %s', (version, state) => {
    expect(checkNode(version)).toMatchObject({ name: 'node', state, found: version });
  });

  it.each([
    ['linux', 'ok'],
    ['darwin', 'ok'],
    ['win32', 'ok'],
    ['freebsd', 'failed'],
  ] as const)('%s is %s', (platform, state) => {
    expect(checkPlatform(platform, 'arm64')).toMatchObject({ state, found: `${platform} arm64` });
  });

  it.each([
    ['CapEff:\t0000000000002000', 'ok'],
    ['CapInh:\t0\nCapEff:\t000001ffffffffff\nCapBnd:\t0', 'ok'],
    ['CapEff:\t0000000000000000', 'failed'],
    ['CapPrm:\t0000000000002000\nCapEff:\t0000000000001000', 'failed'],
    ['', 'failed'],
  ])('with %j the permission is %s', (status, state) => {
    const { state: shown, remedy } = checkCapability(status);
    expect(shown).toBe(state);
    if (state === 'failed') expect(remedy).toContain('setcap cap_net_raw');
  });
});

describe('noble', () => {
  it('says how to install one where there is none', () => {
    expect(failedNoble(['gone', 'gone'], [undefined, undefined], 'linux')).toEqual({
      name: 'noble',
      state: 'failed',
      found: 'not installed',
      remedy: 'npm install --ignore-scripts @stoprocent/noble',
    });
  });

  it.each([
    ['linux', 'build-essential'],
    ['darwin', 'xcode-select'],
    ['win32', 'Build Tools'],
    ['freebsd', 'npm rebuild'],
  ] as const)('says why one does not load, and how to build it on %s', (platform, tool) => {
    const { found, remedy } = failedNoble(['no binary', 'gone'], ['1.2.3', undefined], platform);
    expect(found).toMatch(/^@\w+\/noble 1\.2\.3 does not load: no binary$/);
    expect(remedy).toContain(tool);
  });
});

describe('the radio', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is on', async () => {
    expect(await checkAdapter(of('on'))).toEqual({ name: 'adapter', state: 'ok', found: 'on' });
  });

  it.each([
    ['BLUETOOTH_OFF', 'adapter'],
    ['BLUETOOTH_UNAVAILABLE', 'adapter'],
    ['BLUETOOTH_UNAUTHORIZED', 'permission'],
  ] as const)('%s is the fault of the %s', async (code, name) => {
    const error = new BluetoothUnavailableError('Do this.', { code });
    const check = await checkAdapter(throwError(() => error));
    expect(check).toEqual({ name, state: 'failed', found: code, remedy: 'Do this.' });
  });

  it('does not hide a fault of ours', async () => {
    await expect(checkAdapter(throwError(() => new TypeError('ours')))).rejects.toThrow(TypeError);
  });

  it('tells the straps that it has heard, once each', async () => {
    const heard$ = from([
      { id: 'a', name: 'Strap', rssi: -60, services: ['180d'] },
      { id: 'b', services: ['180d'] },
      { id: 'c', name: 'Scale', services: ['181d'] },
      { id: 'a', name: 'Strap', rssi: -50, services: ['180d'] },
    ]);
    expect(await checkStraps(heard$, 5)).toEqual({
      name: 'straps',
      state: 'ok',
      found: '(no name), Strap (-50 dBm)',
    });
  });

  it('says what to try where there is none, after the time', async () => {
    const checked = checkStraps(NEVER, 5);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await checked).toMatchObject({ state: 'failed', found: 'none in 5 s; other devices: 0' });
    expect((await checkStraps(EMPTY, 5)).remedy).toContain('broadcast mode');
  });
});

it('is read by people', () => {
  const failed = { name: 'adapter', state: 'failed', found: 'off', remedy: 'Switch it on.' } as const;
  expect(describeCheck(failed)).toBe('✘ adapter     off\n  → Switch it on.');
  expect(describeCheck({ name: 'node', state: 'ok', found: '20.20.2' })).toBe('✔ Node.js     20.20.2');
  expect(describeCheck({ name: 'straps', state: 'skipped', found: 'no' })).toBe('– straps      no');
});
