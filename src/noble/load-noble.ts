import { BluetoothUnavailableError } from '../sensor/index.js';
import type { Noble } from './noble.js';

/** The forks of noble, in the order in which they are tried. */
export const forks = ['@stoprocent/noble', '@abandonware/noble'] as const;

/**
 * What installs noble with its ready-made binaries. Its install script finds that for Linux not to load, since there is
 * nothing in it, and builds it anew: without a compiler the installation fails, or npm leaves noble out without a word.
 */
export const installNoble = 'npm install --ignore-scripts @stoprocent/noble';

/** A fork of noble that has been loaded. */
export interface Fork {
  readonly name: (typeof forks)[number];
  readonly noble: Noble;
}

let loaded: Promise<Fork> | undefined;

/** Loads whichever fork of noble is installed and works here, once. Nothing is loaded before it is called. */
export function loadNoble(): Promise<Fork> {
  loaded ??= tryForks();
  return loaded;
}

async function tryForks(): Promise<Fork> {
  const reasons: unknown[] = [];
  for (const name of forks) {
    try {
      const { default: noble } = (await import(name)) as { default: Noble };
      // Its warnings go to the console and name the addresses of sensors.
      noble.removeAllListeners('warning');
      return { name, noble };
    } catch (error) {
      reasons.push(error);
    }
  }
  throw new BluetoothUnavailableError(
    `Neither ${forks.join(' nor ')} could be loaded. Where none is installed, run: ${installNoble} ` +
      '(where no ready-made binary fits: a C compiler, and the same without that flag). ' +
      'Where one is, this machine may have no Bluetooth; see the cause.',
    { cause: new AggregateError(reasons, reasons.map(String).join('\n')) },
  );
}
