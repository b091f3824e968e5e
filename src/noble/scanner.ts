import { Observable, share } from 'rxjs';
import { BluetoothUnavailableError } from '../sensor/index.js';
import type { Hold } from './hold.js';
import type { Noble, NoblePeripheral } from './noble.js';

/** How long stopping a scan may take, milliseconds. */
const STOP_TIMEOUT = 500;
/** How long after the scan was stopped by something else it is started again, milliseconds. */
const RESTART_DELAY = 250;
/** How long starting may take until it is tried again, milliseconds. */
const START_TIMEOUT = 1_000;

/**
 * Everything that is heard, in one scan for all who listen: noble knows only one, and stopping it would stop it for
 * everybody. One fork stops it to connect; it is started again then, while the link is being opened.
 */
export function scanner(noble: Noble, hold: Hold): Observable<NoblePeripheral> {
  let stopped: Promise<unknown> = Promise.resolve();
  return new Observable<NoblePeripheral>((subscriber) => {
    let timer: ReturnType<typeof setTimeout>;
    const after = (delay: number, work: () => void) => {
      clearTimeout(timer);
      timer = setTimeout(work, delay);
    };
    const start = () => {
      after(START_TIMEOUT, () => void stop(noble).then(() => subscriber.closed || start()));
      noble.startScanningAsync([], true).catch((cause: unknown) => {
        subscriber.error(
          new BluetoothUnavailableError('The Bluetooth adapter did not start to scan.', { cause }),
        );
      });
    };
    const onDiscover = (peripheral: NoblePeripheral) => subscriber.next(peripheral);
    const onStart = () => clearTimeout(timer);
    const onStop = () => after(RESTART_DELAY, start);
    // One that is started before the last has stopped does not start.
    stopped.then(() => {
      if (subscriber.closed) return;
      noble.on('scanStart', onStart);
      noble.on('scanStop', onStop);
      start();
    });
    noble.on('discover', onDiscover);
    return () => {
      clearTimeout(timer);
      noble.removeListener('discover', onDiscover);
      noble.removeListener('scanStart', onStart);
      noble.removeListener('scanStop', onStop);
      const held = hold();
      stopped = stop(noble);
      stopped.then(() => held.unsubscribe());
    };
  }).pipe(share());
}

/** Stops the scan; settles when that is done, or takes too long. */
function stop(noble: Noble): Promise<unknown> {
  return new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, STOP_TIMEOUT);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    // With an adapter that is gone it throws at once.
    new Promise((stopping) => stopping(noble.stopScanningAsync())).then(done, done);
  });
}
