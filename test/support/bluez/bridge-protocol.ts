import type { ErrorCode } from '../../../src/index.js';

/** What can be subscribed to on the other side. */
export type Request =
  | { what: 'scan' }
  | { what: 'connect'; id: string }
  | {
      what: 'services' | 'read' | 'write' | 'notifications';
      /** The number of the subscription that has opened it. */
      connection: number;
      service: string;
      characteristic: string;
      value?: number[];
    };

/** What comes back. */
export type Told =
  | { kind: 'next'; value: unknown }
  | { kind: 'error'; code: ErrorCode; message: string; retriable: boolean }
  | { kind: 'complete' };

/** The globals of the page; each subscription has a number. */
export interface BridgePage {
  subscribe(number: number, request: Request): void;
  unsubscribe(number: number): void;
  tell(number: number, told: Told): Promise<void>;
}
