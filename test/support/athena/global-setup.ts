import type { TestProject } from 'vitest/node';
import { startTrino } from '../trino.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    trino: { url: string; folder: string };
  }
}

/** Starts Trino once for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, folder, stop } = await startTrino();
  project.provide('trino', { url, folder });
  return stop;
}
