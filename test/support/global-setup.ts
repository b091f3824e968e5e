import type { TestProject } from 'vitest/node';
import { prepareServers } from '../../scripts/servers.mjs';
import { startMinistack } from './ministack.ts';
import { startOpenSearch } from './opensearch.ts';
import { startServers, tellMissing } from './start-servers.ts';

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
  tellMissing([opensearch, alerting, python, chromium]);

  const teardown = await startServers(project, {
    opensearch: { state: opensearch, start: startOpenSearch },
    aws: { state: python, start: startMinistack },
  });
  project.provide('alerting', alerting.ready ? alerting : { skip: alerting.reason });
  project.provide('strap', python.ready ? { ready: true } : { skip: python.reason });
  // Its Bluetooth is a program of Python.
  if (!python.ready) project.provide('chromium', { skip: python.reason });
  else project.provide('chromium', chromium.ready ? chromium : { skip: chromium.reason });
  return teardown;
}
