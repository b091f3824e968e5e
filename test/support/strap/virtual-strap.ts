import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pythonOfVenv } from '../../../scripts/servers.mjs';
import { endProcess } from '../child-process.ts';
import { EventLog } from './event-log.ts';
import type {
  Command,
  Heard,
  RequestKind,
  RigEvent,
  RigEventName,
  RigEventOf,
  SensorInfo,
} from './protocol.ts';

export { loadNoble } from './load-noble.mjs';

const RIG = fileURLToPath(new URL('rig.py', import.meta.url));
const START_MS = 120_000;
/** So much more than it takes that a busy machine makes no difference. */
const EVENT_MS = 120_000;
const QUIT_MS = 2_000;

export interface VirtualStrapOptions {
  /** How many straps there are: 1. The first has the strongest signal, each further one is 10 dB weaker. */
  sensors?: number;
  advertisingMs?: number;
  /** The adapter offers extended advertising (Bluetooth 5). */
  extended?: boolean;
  /** Cuts what arrives at the adapter into ACL pieces of so many bytes. */
  fragment?: number;
  /** Where many real straps put their name. */
  nameInScanResponse?: boolean;
  notConnectable?: number[];
  withoutHeartRate?: number[];
}

export interface VirtualStrap {
  /** Where the adapter is: for `loadNoble(fork, port)`, or HCI_TCP_PORT of a child process. */
  readonly port: number;
  readonly sensors: readonly SensorInfo[];
  readonly events: readonly RigEvent[];
  /** The next event that fits and was not handed out yet; it may have come already. */
  event(fits: (event: RigEvent) => boolean, timeoutMs?: number): Promise<RigEvent>;
  /** The same by name, and by sensor where one is given. */
  on<Name extends RigEventName>(name: Name, sensor?: number, timeoutMs?: number): Promise<RigEventOf<Name>>;
  notify(hex: string, sensor?: number): void;
  /** Sends the packets at a steady rate per second; resolves to when each was sent (epoch milliseconds). */
  play(packets: string[], rate: number, sensor?: number): Promise<number[]>;
  /**
   * The measurements that have reached an adapter since the start, in order, and when: those that were sent while it was
   * connected and had subscribed. What comes between the program's unsubscribing and the strap's learning of it is
   * among them, too.
   */
  heard(sensor?: number): Promise<Heard[]>;
  battery(level: number, sensor?: number): void;
  /** Answers the next requests of this kind with an ATT error. */
  refuse(request: RequestKind, times?: number, sensor?: number): void;
  /** Leaves the next requests of this kind without an answer. */
  ignore(request: RequestKind, times?: number, sensor?: number): void;
  /** Goes out of range, and comes back with the same name under the new address that this resolves to. */
  changeAddress(sensor?: number): Promise<string>;
  /** The strap ends the connection in good order. */
  disconnect(sensor?: number): void;
  /** The strap goes out of range: both ends see a supervision timeout. */
  linkLoss(sensor?: number): void;
  stopAdvertising(sensor?: number): void;
  startAdvertising(sensor?: number): void;
  /** Takes the adapter out of the computer, and puts it back. */
  unplugAdapter(): void;
  plugInAdapter(): void;
  stop(): Promise<void>;
}

export async function startVirtualStrap(options: VirtualStrapOptions = {}): Promise<VirtualStrap> {
  const rig = spawn(pythonOfVenv, [RIG, ...rigArguments(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const log = new EventLog();
  createInterface({ input: rig.stdout }).on('line', (line) => log.add(JSON.parse(line) as RigEvent));
  reportEnd(rig, log);
  rig.stdin.on('error', () => {}); // that the rig is gone, its end says

  const send = (command: Command): void => {
    rig.stdin.write(`${JSON.stringify(command)}\n`);
  };
  const stop = async (): Promise<void> => {
    rig.stdin.end(`${JSON.stringify({ command: 'quit' } satisfies Command)}\n`);
    await endProcess(rig, QUIT_MS);
  };
  const on: VirtualStrap['on'] = (name, sensor, timeoutMs = EVENT_MS) => {
    type Wanted = RigEventOf<typeof name>;
    const fits = (event: RigEvent): event is Wanted =>
      event.event === name && (sensor === undefined || ('sensor' in event && event.sensor === sensor));
    return log.next<Wanted>(fits, timeoutMs, `"${name}" of ${sensor ? `strap ${sensor}` : 'any strap'}`);
  };

  const { port, sensors } = await on('ready', undefined, START_MS).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    port,
    sensors,
    events: log.all,
    event: (fits, timeoutMs = EVENT_MS) => log.next(fits, timeoutMs, 'The event'),
    on,
    notify: (hex, sensor = 1) => send({ command: 'notify', sensor, hex }),
    play: async (packets, rate, sensor = 1) => {
      send({ command: 'play', sensor, packets, rate });
      return (await on('played', sensor, (packets.length / rate) * 2_000 + EVENT_MS)).sentAt;
    },
    battery: (level, sensor = 1) => send({ command: 'battery', sensor, level }),
    heard: async (sensor = 1) => {
      send({ command: 'heard', sensor });
      return (await on('heard', sensor)).packets;
    },
    refuse: (request, times = 1, sensor = 1) => send({ command: 'refuse', sensor, request, times }),
    ignore: (request, times = 1, sensor = 1) => send({ command: 'ignore', sensor, request, times }),
    changeAddress: async (sensor = 1) => {
      send({ command: 'change_address', sensor });
      return (await on('address', sensor)).address;
    },
    disconnect: (sensor = 1) => send({ command: 'disconnect', sensor }),
    linkLoss: (sensor = 1) => send({ command: 'linkloss', sensor }),
    stopAdvertising: (sensor = 1) => send({ command: 'adv_off', sensor }),
    startAdvertising: (sensor = 1) => send({ command: 'adv_on', sensor }),
    unplugAdapter: () => send({ command: 'adapter_off' }),
    plugInAdapter: () => send({ command: 'adapter_on' }),
    stop,
  };
}

function rigArguments(options: VirtualStrapOptions): string[] {
  const {
    sensors = 1,
    advertisingMs = 50,
    fragment = 0,
    notConnectable = [],
    withoutHeartRate = [],
  } = options;
  return [
    ...['--sensors', `${sensors}`, '--adv-ms', `${advertisingMs}`, '--fragment', `${fragment}`],
    ...(options.extended ? ['--extended'] : []),
    ...(options.nameInScanResponse ? ['--name-in-scan-response'] : []),
    ...['--not-connectable', ...notConnectable.map(String)],
    ...['--no-heart-rate', ...withoutHeartRate.map(String)],
  ];
}

function reportEnd(rig: ChildProcess, log: EventLog): void {
  let complaints = '';
  rig.stderr?.on('data', (bytes) => {
    complaints = `${complaints}${bytes}`.slice(-4_000);
  });
  rig.on('error', (error) => log.end(new Error(`The virtual strap cannot start: ${error.message}`)));
  rig.on('close', (code) =>
    log.end(new Error(`The virtual strap has ended with code ${code}. ${complaints}`.trim())),
  );
}
