import { fileURLToPath } from 'node:url';
import { map, Observable } from 'rxjs';
import { type Central, type Connection, LiveHeartRateError } from '../../../src/index.js';
import type { BridgePage, Request, Told } from './bridge-protocol.ts';
import type { BluetoothPage } from './chromium.ts';

/** The program that the page of a bridge runs. */
export const bridgeProgram = fileURLToPath(new URL('bridge-page.ts', import.meta.url));

/** A central in Node.js that hands all over to the real one in a page; it clicks before each scan, as a user would. */
export async function bridgeTo({ page }: BluetoothPage): Promise<Central> {
  const listeners = new Map<number, (told: Told) => void>();
  await page.exposeFunction('tell', (number: number, told: Told) => listeners.get(number)?.(told));
  let count = 0;
  let sent: Promise<unknown> = Promise.resolve();
  /** One after the other, so that what is unsubscribed from has been subscribed to before. */
  const send = (work: () => Promise<unknown>) => {
    sent = sent.then(work).catch(() => undefined); // the page is gone
  };

  const remote = (request: Request) =>
    new Observable<readonly [unknown, number]>((subscriber) => {
      const number = ++count;
      listeners.set(number, (told) => {
        if (told.kind === 'next') subscriber.next([told.value, number]);
        else if (told.kind === 'complete') subscriber.complete();
        else subscriber.error(new LiveHeartRateError(told.code, told.message, told));
      });
      send(async () => {
        if (request.what === 'scan') await page.click('#button');
        await page.evaluate(subscribe, [number, request] as const);
      });
      return () => {
        listeners.delete(number);
        send(() => page.evaluate(unsubscribe, number));
      };
    });
  const values = (request: Request) =>
    remote(request).pipe(
      map(([value]) => ((value as { bytes?: number[] })?.bytes ? bytesOf(value) : value) as never),
    );

  const connection = (number: number): Connection => {
    const operation = (
      what: 'services' | 'read' | 'write' | 'notifications',
      service = '',
      characteristic = '',
      value?: Uint8Array,
    ) => values({ what, connection: number, service, characteristic, ...(value && { value: [...value] }) });
    return {
      services: () => operation('services'),
      read: (...names) => operation('read', ...names),
      write: (...names) => operation('write', ...names),
      notifications: (...names) => operation('notifications', ...names),
    };
  };
  return {
    chooser: true,
    scan: () => values({ what: 'scan' }),
    connect: (id) => remote({ what: 'connect', id }).pipe(map(([, number]) => connection(number))),
  };
}

const bytesOf = (value: unknown) => Uint8Array.from((value as { bytes: number[] }).bytes);

/** These two run in the page. */
const subscribe = ([number, request]: readonly [number, Request]) =>
  (globalThis as unknown as BridgePage).subscribe(number, request);
const unsubscribe = (number: number) => (globalThis as unknown as BridgePage).unsubscribe(number);
