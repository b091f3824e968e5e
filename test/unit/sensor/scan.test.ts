import { describe, expect, it } from 'vitest';
import { BluetoothUnavailableError, type ScanOptions, scan } from '../../../src/sensor/index.js';
import { scriptedCentral } from '../../support/scripted-central.js';

function scanned(options?: ScanOptions) {
  const script = scriptedCentral();
  const ids: string[] = [];
  const errors: unknown[] = [];
  const subscription = scan(script.central, options).subscribe({
    next: ({ id }) => ids.push(id),
    error: (error) => errors.push(error),
  });
  script.advertise('strap', { services: ['180f', '180d'] });
  script.advertise('scale', { services: ['181d'] });
  script.advertise('nothing', { services: [] });
  script.advertise('strap');
  return { script, ids, errors, subscription };
}

describe('scan', () => {
  it('shows what measures a heart rate, each time it is heard', () => {
    expect(scanned().ids).toEqual(['strap', 'strap']);
    expect(scanned({ all: false }).ids).toEqual(['strap', 'strap']);
  });

  it('shows everything where all is asked for', () => {
    expect(scanned({ all: true }).ids).toEqual(['strap', 'scale', 'nothing', 'strap']);
  });

  it('stops when unsubscribed from', () => {
    const { script, subscription } = scanned();
    expect(script.count.scans).toBe(1);
    subscription.unsubscribe();
    expect(script.count.scans).toBe(0);
  });

  it('errors with what the central has to say', () => {
    const { script, errors } = scanned();
    const off = new BluetoothUnavailableError('off');
    script.failScan(off);
    expect(errors).toEqual([off]);
  });
});
