/** The end of the bridge that is in the page: it subscribes to a real `webBluetoothCentral()` as it is told. */
import type { Observable, Subscription } from 'rxjs';
import type { Connection, LiveHeartRateError } from '../../../src/index.js';
import { webBluetoothCentral } from '../../../src/web-bluetooth/index.js';
import type { BridgePage, Request, Told } from './bridge-protocol.ts';

const page = globalThis as unknown as BridgePage;
const central = webBluetoothCentral();
const subscriptions = new Map<number, Subscription>();
const connections = new Map<number, Connection>();

page.subscribe = (number, request) => {
  const say = (told: Told) => void page.tell(number, told);
  const subscription = observe(request).subscribe({
    next: (value) => {
      if (request.what === 'connect') connections.set(number, value as Connection);
      say({ kind: 'next', value: request.what === 'connect' ? undefined : plain(value) });
    },
    error: ({ code, message, retriable }: LiveHeartRateError) => {
      say({ kind: 'error', code, message, retriable });
    },
    complete: () => say({ kind: 'complete' }),
  });
  subscriptions.set(number, subscription);
};
page.unsubscribe = (number) => subscriptions.get(number)?.unsubscribe();

function observe(request: Request): Observable<unknown> {
  if (request.what === 'scan') return central.scan();
  if (request.what === 'connect') return central.connect(request.id);
  const connection = connections.get(request.connection);
  if (connection === undefined) throw new Error('There is no such connection.');
  const { what, service, characteristic } = request;
  if (what === 'services') return connection.services();
  if (what === 'write')
    return connection.write(service, characteristic, Uint8Array.from(request.value ?? []));
  return connection[what](service, characteristic);
}

/** Bytes cross the bridge as numbers. */
const plain = (value: unknown) => (value instanceof Uint8Array ? { bytes: [...value] } : value);
