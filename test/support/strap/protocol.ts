/** What the rig is told and what it tells, one JSON line each. */
export type Command =
  | { command: 'notify'; sensor: number; hex: string }
  | { command: 'play'; sensor: number; packets: string[]; rate: number }
  | { command: 'battery'; sensor: number; level: number }
  | { command: 'refuse' | 'ignore'; sensor: number; request: RequestKind; times: number }
  | { command: 'heard' | 'change_address'; sensor: number }
  | { command: 'disconnect' | 'linkloss' | 'adv_off' | 'adv_on'; sensor: number }
  | { command: 'adapter_off' | 'adapter_on' | 'quit' };

/** What can be refused: switching notifications on or off, another write, a read, or asking for the services. */
export type RequestKind = 'subscribe' | 'write' | 'read' | 'discover';

/** A packet that has reached an adapter, and when (epoch milliseconds). */
export interface Heard {
  hex: string;
  at: number;
}

export interface SensorInfo {
  /** Counted from 1; the first has the strongest signal. */
  sensor: number;
  name: string;
  address: string;
}

export type RigEvent =
  | { event: 'ready'; port: number; sensors: SensorInfo[] }
  | { event: 'connected'; sensor: number; peer: string }
  | { event: 'disconnected'; sensor: number; reason: number }
  | { event: 'subscription'; sensor: number; notify: boolean }
  | { event: 'control_point'; sensor: number; hex: string }
  | { event: 'played'; sensor: number; sentAt: number[] }
  | { event: 'heard'; sensor: number; packets: Heard[] }
  | { event: 'address'; sensor: number; address: string }
  | { event: 'error'; message: string };

export type RigEventName = RigEvent['event'];
export type RigEventOf<Name extends RigEventName> = Extract<RigEvent, { event: Name }>;
