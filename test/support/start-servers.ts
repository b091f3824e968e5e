import type { ProvidedContext } from 'vitest';
import type { TestProject } from 'vitest/node';
import type { Skipped } from './global-setup.ts';
import type { Server } from './server.ts';

/** Whether a server can be started, and how. */
export interface ServerOfTests {
  readonly state: { readonly ready: true } | { readonly ready: false; readonly reason: string };
  readonly start: () => Promise<Server>;
}

/** In CI whatever is missing is an error. */
export function tellMissing(states: readonly ServerOfTests['state'][]): void {
  // Two may want the same.
  const missing = [...new Set(states.flatMap((state) => (state.ready ? [] : [state.reason])))];
  if (missing.length > 0 && process.env.CI === 'true') throw new Error(missing.join('\n'));
  for (const reason of missing) console.warn(`Tests are skipped: ${reason}`);
}

/** Starts servers for all test files of a project, tells these where they are, and answers how they are stopped. */
export async function startServers(
  project: TestProject,
  servers: Readonly<Partial<Record<'opensearch' | 'aws', ServerOfTests>>>,
): Promise<() => Promise<void>> {
  const names = Object.keys(servers) as ('opensearch' | 'aws')[];
  const starting = await Promise.allSettled(
    Object.values(servers).map(({ state, start }) => (state.ready ? start() : { skip: state.reason })),
  );
  const started = starting.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const teardown = async (): Promise<void> => {
    await Promise.all(started.map((server) => 'stop' in server && server.stop()));
  };
  const failed = starting.find((each) => each.status === 'rejected');
  if (failed) {
    await teardown();
    throw failed.reason;
  }
  for (const [at, server] of started.entries()) project.provide(names[at] as 'aws', plain(server));
  return teardown;
}

/** What can be sent to the processes of the tests. */
const plain = (server: Server | Skipped): ProvidedContext['aws'] =>
  'skip' in server ? server : { url: server.url };
