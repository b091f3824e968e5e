import type { TestProject } from 'vitest/node';
import { prepareServers } from '../../scripts/servers.mjs';
import { startMinistack } from './ministack.ts';
import { startOpenSearch } from './opensearch.ts';
import type { Server } from './server.ts';

export type Skipped = { skip: string };

declare module 'vitest' {
  export interface ProvidedContext {
    opensearch: { url: string } | Skipped;
    alerting: { java: string; classPath: string } | Skipped;
    aws: { url: string } | Skipped;
    strap: { ready: true } | Skipped;
    chromium: { program: string; dbusDaemon: string; libraries: string } | Skipped;
  }
}

/** Starts the real servers once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { opensearch, alerting, python, chromium } = await prepareServers();
  const reasons = [opensearch, alerting, python, chromium].flatMap((server) =>
    server.ready ? [] : [server.reason],
  );
  // OpenSearch and its parser of monitors both want Java.
  const missing = [...new Set(reasons)];
  if (missing.length > 0 && process.env.CI === 'true') throw new Error(missing.join('\n'));
  for (const reason of missing) console.warn(`Tests are skipped: ${reason}`);

  const starting = await Promise.allSettled([
    opensearch.ready ? startOpenSearch() : { skip: opensearch.reason },
    python.ready ? startMinistack() : { skip: python.reason },
  ]);
  const teardown = async (): Promise<void> => {
    const started = starting.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    await Promise.all(started.map((server) => 'stop' in server && server.stop()));
  };
  const [search, aws] = starting;
  if (search.status === 'rejected' || aws.status === 'rejected') {
    await teardown();
    throw search.status === 'rejected' ? search.reason : (aws as PromiseRejectedResult).reason;
  }
  project.provide('opensearch', plain(search.value));
  project.provide('alerting', alerting.ready ? alerting : { skip: alerting.reason });
  project.provide('aws', plain(aws.value));
  project.provide('strap', python.ready ? { ready: true } : { skip: python.reason });
  // Its Bluetooth is a program of Python.
  if (!python.ready) project.provide('chromium', { skip: python.reason });
  else project.provide('chromium', chromium.ready ? chromium : { skip: chromium.reason });
  return teardown;
}

/** What can be sent to the processes of the tests. */
const plain = (server: Server | Skipped): { url: string } | Skipped =>
  'skip' in server ? server : { url: server.url };
