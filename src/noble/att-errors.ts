import { filter, Observable, share } from 'rxjs';
import { type CharacteristicHandles, inner } from './inner.js';
import type { Noble } from './noble.js';

/** What a device can refuse at a characteristic. */
export type Operation = 'read' | 'write' | 'notify';

/** The answers that refuse one operation on one characteristic; both UUIDs as noble writes them. */
export type Refusals = (
  service: string,
  characteristic: string,
  operation: Operation,
) => Observable<AttError>;

/** A request that a device has answered with an error (Core Specification, Vol 3, Part F, section 3.4.1.1). */
export interface AttError {
  readonly request: number;
  readonly handle: number;
  readonly code: number;
}

const ATT_CHANNEL = 4;
const ERROR_RESPONSE = 0x01;
const READ_BY_TYPE = 0x08;
const READ = 0x0a;
const READ_BLOB = 0x0c;
const WRITE = 0x12;
const PREPARE_WRITE = 0x16;
/** Insufficient authentication, authorization and encryption: noble then pairs and asks again. */
const PAIRING_CODES = [0x05, 0x08, 0x0f];

/**
 * The errors that a device answers over a link, of which noble tells nothing: it goes on waiting. They can be seen
 * where noble speaks to the adapter itself, which is on Linux; elsewhere there is `undefined`.
 */
export function refusalsOf(noble: Noble, id: string): Refusals | undefined {
  const { _handles: handles, _aclStreams: streams, _gatts: gatts } = inner(noble)._bindings ?? {};
  const stream = streams?.[handles?.[id] ?? -1];
  const gatt = gatts?.[id];
  if (stream === undefined || gatt === undefined) return undefined;
  const errors$ = new Observable<AttError>((subscriber) => {
    const onData = (channel: number, data: Uint8Array) => {
      const [kind, request = 0, low = 0, high = 0, code = 0] = data ?? [];
      if (channel !== ATT_CHANNEL || kind !== ERROR_RESPONSE) return;
      if (PAIRING_CODES.includes(code) && gatt._security !== 'medium') return;
      subscriber.next({ request, handle: low | (high << 8), code });
    };
    // Before noble, which takes the refusal to read for an empty value.
    stream.prependListener('data', onData);
    return () => stream.removeListener('data', onData);
  }).pipe(share());
  return (service, characteristic, operation) =>
    errors$.pipe(
      filter((error) => {
        const handles = gatt._characteristics[service]?.[characteristic];
        return handles !== undefined && concerns(error, handles, operation);
      }),
    );
}

function concerns(
  { request, handle }: AttError,
  handles: CharacteristicHandles,
  operation: Operation,
): boolean {
  const { startHandle, valueHandle, endHandle } = handles;
  switch (operation) {
    case 'read':
      return handle === valueHandle && (request === READ || request === READ_BLOB);
    case 'write':
      return handle === valueHandle && (request === WRITE || request === PREPARE_WRITE);
    case 'notify':
      // Noble looks for the descriptor that switches notifications first, and then writes it.
      if (request === READ_BY_TYPE) return handle === startHandle;
      return request === WRITE && handle > valueHandle && handle <= endHandle;
  }
}
