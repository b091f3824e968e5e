import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    // Most files wait for a radio or a server most of the time, so that two cores are enough for three.
    maxWorkers: 3,
    // Of `npm run coverage`: what a sensor's bytes and its moods can break is tested in every branch.
    coverage: {
      include: ['src/{profile,sensor}/**'],
      // Types and re-exports only.
      exclude: ['src/*/index.ts', 'src/sensor/{central,status}.ts'],
      reporter: ['text'],
      thresholds: { 100: true },
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'servers',
          include: ['test/{contract,e2e}/**/*.test.ts'],
          globalSetup: './test/support/global-setup.ts',
          // Far more than anything takes on a slow machine: only what never comes is waited for so long.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        test: {
          name: 'deploy',
          include: ['test/deploy/**/*.test.ts'],
          globalSetup: './test/support/deploy/global-setup.ts',
          // Each command has a deadline of its own.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: './test/support/package/global-setup.ts',
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'constructs',
          include: ['test/constructs/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'alone',
          include: ['test/alone/**/*.test.ts'],
          globalSetup: './test/support/alone/global-setup.ts',
          // What a page computes takes longer beside other work: nothing else is tested meanwhile.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        test: {
          name: 'docs',
          include: ['test/docs/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
