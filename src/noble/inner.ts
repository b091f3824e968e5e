import type { Noble } from './noble.js';

/** The inner parts of the two forks that are needed where their interface does not suffice. On macOS and Windows many are missing. */
interface Inner {
  _initialized?: boolean;
  _state: string;
  readonly _bindings?: Bindings;
}

interface Bindings extends Emitter {
  _state?: string | null;
  _pendingConnectionUuid?: string | null;
  _connectionQueue?: unknown[];
  readonly _hci?: Hci;
  readonly _sigIntHandler?: () => void;
  readonly onSigIntBinded?: () => void;
  /** By the id of the peripheral. */
  readonly _handles?: Record<string, number>;
  readonly _gatts?: Record<string, Gatt>;
  /** By the handle of the link. */
  readonly _aclStreams?: Record<number, AclStream>;
  cancelConnect(id: string): void;
}

interface Hci extends Emitter {
  _isDevUp?: boolean | null;
  _state?: string | null;
  _aclQueue?: unknown[];
  readonly _aclConnections?: Map<unknown, unknown>;
  pollIsDevUp?: () => void;
  flushAcl?: () => Promise<void>;
  init(): void;
  readonly _socket?: Emitter & { stop(): void };
}

/** The GATT client of one link. */
interface Gatt {
  readonly _security: string;
  readonly _characteristics: Record<string, Record<string, CharacteristicHandles>>;
}

/** Where a characteristic is: its declaration, its value and its last descriptor. */
export interface CharacteristicHandles {
  readonly startHandle: number;
  readonly valueHandle: number;
  readonly endHandle: number;
}

/** What comes and goes over one link. */
interface AclStream {
  prependListener(event: 'data', listener: (channel: number, data: Uint8Array) => void): unknown;
  removeListener(event: 'data', listener: (channel: number, data: Uint8Array) => void): unknown;
}

interface Emitter {
  on(event: string, listener: () => void): void;
  removeAllListeners(): void;
}

/** The inner parts of a noble. */
export const inner = (noble: Noble) => noble as unknown as Inner;
