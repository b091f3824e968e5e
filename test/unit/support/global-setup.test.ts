import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TestProject } from 'vitest/node';

afterEach(() => {
  vi.doUnmock('../../../scripts/servers.mjs');
  vi.resetModules();
  vi.unstubAllEnvs();
});

/** The setup of the tests on a machine without any of them, which this one cannot be made to be. */
async function setUpWithout() {
  vi.doMock('../../../scripts/servers.mjs', () => ({
    prepareServers: async () => ({
      opensearch: { ready: false, reason: 'Java 21 not found: install it.' },
      alerting: { ready: false, reason: 'Java 21 not found: install it.' },
      python: { ready: false, reason: 'Python not found: install it.' },
      chromium: { ready: false, reason: 'Chromium not found: install it.' },
    }),
    cacheFolder: '',
    pythonOfVenv: '',
  }));
  const { default: setup } = await import('../../support/global-setup.js');
  const provided: Record<string, unknown> = {};
  const project = { provide: (key: string, value: unknown) => Object.assign(provided, { [key]: value }) };
  await (await setup(project as unknown as TestProject))();
  return provided;
}

describe('the real servers of the tests', () => {
  it('are skipped where they cannot be had, each with its reason and how to get it', async () => {
    vi.stubEnv('CI', '');
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    expect(await setUpWithout()).toEqual({
      opensearch: { skip: 'Java 21 not found: install it.' },
      alerting: { skip: 'Java 21 not found: install it.' },
      aws: { skip: 'Python not found: install it.' },
      strap: { skip: 'Python not found: install it.' },
      chromium: { skip: 'Python not found: install it.' },
    });
    expect(warn.mock.calls).toEqual([
      ['Tests are skipped: Java 21 not found: install it.'],
      ['Tests are skipped: Python not found: install it.'],
      ['Tests are skipped: Chromium not found: install it.'],
    ]);
    warn.mockRestore();
  });

  it('are a must with CI=true', async () => {
    vi.stubEnv('CI', 'true');
    await expect(setUpWithout()).rejects.toThrow('Java 21 not found');
  });
});
