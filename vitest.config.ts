import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    // Of `npm run coverage`: what a sensor's bytes and its moods can break is tested in every branch.
    coverage: {
      include: ['src/{profile,sensor}/**'],
      // Types and re-exports only.
      exclude: ['src/*/index.ts', 'src/sensor/{central,status}.ts'],
      reporter: ['text'],
      thresholds: { 100: true },
    },
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'servers',
          include: ['test/{contract,e2e}/**/*.test.ts'],
          globalSetup: './test/support/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: './test/support/package/global-setup.ts',
          testTimeout: 120_000,
        },
      },
      {
        test: { name: 'docs', include: ['test/docs/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
