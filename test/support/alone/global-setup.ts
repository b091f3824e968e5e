import type { TestProject } from 'vitest/node';
import { prepareChromium } from '../../../scripts/servers.mjs';
import { tellMissing } from '../start-servers.ts';

/** Has a browser; no server runs beside it. */
export default async function setup(project: TestProject): Promise<void> {
  const chromium = await prepareChromium(console.error).catch((error: Error) => ({
    ready: false as const,
    reason: error.message,
  }));
  tellMissing([chromium]);
  project.provide('chromium', chromium.ready ? chromium : { skip: chromium.reason });
}
