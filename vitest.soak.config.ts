import { defineConfig } from 'vitest/config';

/** Of `npm run test:soak`: the tests that run a quarter as long among all tests. */
export default defineConfig({
  test: {
    name: 'soak',
    include: ['test/{contract,e2e}/*-chaos.test.ts', 'test/e2e/{spool-kill,archive}.test.ts'],
    globalSetup: './test/support/global-setup.ts',
    reporters: ['default', './test/support/closing-line.ts'],
    maxWorkers: 3,
    env: { SOAK: 'whole' },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
