import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What stands between a server and its viewers, and can fail as networks do. */
export interface Wire {
  readonly url: string;
  /** Nothing comes through any more, and nobody is told; it heals with `mend`. */
  stall(): void;
  /** Cuts all connections, and refuses new ones until it is mended. */
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

/** Lays one in front of a server of this machine. */
export async function layWire(target: string): Promise<Wire> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'open' | 'stalled' | 'cut' = 'open';
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(Number(new URL(target).port), '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('error', () => undefined);
      from.on('close', () => {
        pairs.delete(pair);
        to.destroy();
      });
      // What comes while it is stalled is lost, also for afterwards: nobody gets it late.
      from.on('data', (data) => state === 'open' && to.write(data));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = () => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stall: () => {
      state = 'stalled';
    },
    cut: () => {
      state = 'cut';
      drop();
    },
    mend: () => {
      state = 'open';
    },
    async stop() {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
