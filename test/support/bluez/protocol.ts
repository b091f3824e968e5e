/** What the rig is told and what it tells, one JSON line each. */
export type Command =
  | { command: 'notify'; sensor: number; uuid: string; hex: string }
  | { command: 'play'; sensor: number; packets: string[]; rate: number }
  | { command: 'disconnect'; sensor: number }
  | { command: 'connections'; sensor: number; how: Connections }
  | { command: 'fault'; sensor: number; operation: Operation; uuid: string; how: 'fail' | 'hang' };

/** What becomes of attempts to connect; those that are held go on when it says otherwise. */
export type Connections = 'accept' | 'refuse' | 'hold';

/** What a central does with a characteristic; `silence` switches its notifications off. */
export type Operation = 'read' | 'write' | 'notify' | 'silence';

export type BluezEvent =
  | { event: 'ready'; address: string }
  | { event: 'connecting' | 'connected'; sensor: number }
  | { event: 'disconnected'; sensor: number; by: 'central' | 'strap' }
  | { event: 'operation'; sensor: number; operation: Operation; uuid: string; hex: string }
  | { event: 'notifying'; sensor: number; uuid: string; on: boolean }
  | { event: 'played'; sensor: number; seconds: number }
  | { event: 'error'; message: string };
