import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pythonOfVenv } from '../../../scripts/servers.mjs';
import { endProcess, hasEnded } from '../child-process.ts';
import type { BluezEvent, Command, Connections, Fault, Operation } from './protocol.ts';

const RIG = fileURLToPath(new URL('rig.py', import.meta.url));
const START_MS = 120_000;
const POLL_MS = 20;
const QUIT_MS = 2_000;

/** The Bluetooth of a computer without any: BlueZ with one adapter, and straps around. All straps count from 1. */
export interface VirtualBluez {
  /** Where its D-Bus is. */
  readonly address: string;
  /** What has happened so far. */
  readonly events: readonly BluezEvent[];
  /** How often something has happened so far. */
  count(fits: Partial<Record<string, unknown>>): number;
  notify(hex: string, sensor?: number, uuid?: string): void;
  /** Sends the packets at a steady rate per second. */
  play(packets: string[], rate: number, sensor?: number): void;
  /** The strap ends the connection. */
  disconnect(sensor?: number): void;
  /** What becomes of attempts to connect from now on. */
  connections(how: Connections, sensor?: number): void;
  /** What becomes of the next operation of this kind. */
  fault(how: Fault, operation: Operation, uuid: string, sensor?: number): void;
  stop(): Promise<void>;
}

export interface VirtualBluezOptions {
  /** How many straps there are: 1. */
  sensors?: number;
  /** Whether the computer has an adapter: yes. */
  adapter?: boolean;
}

export async function startVirtualBluez(
  machine: { dbusDaemon: string; libraries: string },
  options: VirtualBluezOptions = {},
): Promise<VirtualBluez> {
  const { dbusDaemon, libraries } = machine;
  const { sensors = 1, adapter = true } = options;
  const words = [
    '--sensors',
    `${sensors}`,
    '--dbus-daemon',
    dbusDaemon,
    ...(adapter ? [] : ['--no-adapter']),
  ];
  const rig = spawn(pythonOfVenv, [RIG, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...(libraries && { LD_LIBRARY_PATH: libraries }) },
  });
  const events: BluezEvent[] = [];
  let complaints = '';
  createInterface({ input: rig.stdout }).on('line', (line) => events.push(JSON.parse(line) as BluezEvent));
  rig.stderr.on('data', (bytes) => {
    complaints = `${complaints}${bytes}`.slice(-4_000);
  });
  rig.on('error', (error) => {
    complaints = error.message;
  });
  rig.stdin.on('error', () => {}); // that the rig is gone, its end says

  const send = (command: Command): void => {
    rig.stdin.write(`${JSON.stringify(command)}\n`);
  };
  const stop = async (): Promise<void> => {
    rig.stdin.end(`${JSON.stringify({ command: 'quit' })}\n`);
    await endProcess(rig, QUIT_MS);
  };

  for (const deadline = Date.now() + START_MS; events.length === 0; await sleep(POLL_MS)) {
    if (!hasEnded(rig) && Date.now() < deadline) continue;
    await stop();
    throw new Error(`The virtual BlueZ did not start. ${complaints}`.trim());
  }
  const [ready] = events;
  return {
    address: ready?.event === 'ready' ? ready.address : '',
    events,
    count: (fits) =>
      events.filter((event) =>
        Object.entries(fits).every(([name, value]) => event[name as keyof BluezEvent] === value),
      ).length,
    notify: (hex, sensor = 1, uuid = '2a37') => send({ command: 'notify', sensor, uuid, hex }),
    play: (packets, rate, sensor = 1) => send({ command: 'play', sensor, packets, rate }),
    disconnect: (sensor = 1) => send({ command: 'disconnect', sensor }),
    connections: (how, sensor = 1) => send({ command: 'connections', sensor, how }),
    fault: (how, operation, uuid, sensor = 1) => send({ command: 'fault', sensor, operation, uuid, how }),
    stop,
  };
}
