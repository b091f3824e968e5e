import { afterAll, describe as always, beforeAll } from 'vitest';
import type { Central } from '../../src/index.js';
import { encodeHeartRateMeasurement } from '../../src/profile/index.js';
import { bridgeProgram, bridgeTo } from '../support/bluez/bridge.ts';
import { type BluetoothPage, openBluetoothPage } from '../support/bluez/chromium.ts';
import { needs } from '../support/skip.ts';
import { centralSuite } from './central-suite.js';

const { describe, chromium } = needs('chromium');

describe('the Web Bluetooth central in Chromium', () => {
  let page: BluetoothPage;
  let central: Central;
  beforeAll(async () => {
    page = await openBluetoothPage(chromium, { program: bridgeProgram });
    central = await bridgeTo(page);
  });
  afterAll(() => page?.stop());

  always('contract', () => {
    centralSuite(async () => ({
      central,
      name: 'Virtual HRM 1',
      beat: () => page.bluez.notify(packet),
      stop: async () => undefined,
    }));
  });
});

const packet = Buffer.from(encodeHeartRateMeasurement({ heartRate: 72 })).toString('hex');
