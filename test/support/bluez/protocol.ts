/** What the rig is told and what it tells, one JSON line each. */
export type Command =
  | { command: 'notify'; sensor: number; uuid: string; hex: string }
  | { command: 'play'; sensor: number; packets: string[]; rate: number }
  | { command: 'disconnect'; sensor: number }
  | { command: 'connections'; sensor: number; how: Connections }
  | { command: 'fault'; sensor: number; operation: Operation; uuid: string; how: Fault };

/**
 * What becomes of attempts to connect; those that are held go on when it says otherwise. Of a link that is left
 * unresolved BlueZ never tells what services it has.
 */
export type Connections = 'accept' | 'refuse' | 'hold' | 'leave unresolved';

/** An operation fails, hangs until the link ends and fails then, or is never answered, which no real BlueZ does. */
export type Fault = 'fail' | 'hang' | 'forget';

/** What a central does with a characteristic; `silence` switches its notifications off. */
export type Operation = 'read' | 'write' | 'notify' | 'silence';

export type BluezEvent =
  | { event: 'ready'; address: string }
  | { event: 'connecting' | 'connected'; sensor: number }
  /** Told when the central knows of it. */
  | { event: 'disconnected'; sensor: number; by: 'central' | 'strap' }
  | { event: 'operation'; sensor: number; operation: Operation; uuid: string; hex: string }
  | { event: 'notifying'; sensor: number; uuid: string; on: boolean }
  | { event: 'played'; sensor: number; seconds: number }
  | { event: 'error'; message: string };
