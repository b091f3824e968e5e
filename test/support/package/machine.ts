import { dirname } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareChromium, preparePython } from '../../../scripts/servers.mjs';
import type { Skipped } from '../global-setup.ts';
import { tellMissing } from '../start-servers.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with the command `ministack` in it, as pip installs it. */
    python: { bin: string } | Skipped;
  }
}

/** Makes available, and tells the tests, what examples need that does not come with npm. */
export async function provideMachine(provide: TestProject['provide']): Promise<void> {
  const [python, chromium] = await Promise.all([
    preparePython(console.error).catch(notReady),
    prepareChromium(console.error).catch(notReady),
  ]);
  tellMissing([python, chromium]);
  provide('python', python.ready ? { bin: dirname(python.python) } : { skip: python.reason });
  provide('chromium', chromium.ready ? chromium : { skip: chromium.reason });
}

const notReady = (error: Error) => ({ ready: false as const, reason: error.message });
