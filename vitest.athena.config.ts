import { defineConfig } from 'vitest/config';

/** Of `npm run test:athena`: Trino is too large to come with all tests. */
export default defineConfig({
  test: {
    name: 'athena',
    include: ['test/athena/**/*.test.ts'],
    globalSetup: './test/support/athena/global-setup.ts',
    reporters: ['default', './test/support/closing-line.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
