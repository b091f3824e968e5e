import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measurePage } from '../../bench/local/page.mjs';
import { needs } from '../support/skip.ts';

const { describe } = needs('chromium');

describe('the page with an hour of 50 sensors', () => {
  it('is small, loads without a long task, and keeps up with them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liveheartrate-crowd-'));
    try {
      const measured = await measurePage(folder, { paces: [1], seconds: 10 });
      const { memory, process, loading, following } = measured;
      // 180,000 samples cannot take less.
      expect(memory).toBeGreaterThan(5);
      expect(Math.max(memory, process)).toBeLessThan(200);
      // What it computes, not what goes by: that depends on what else this machine does.
      for (const { computed } of [loading, ...following]) {
        expect(computed.longest).toBeGreaterThan(0);
        expect(computed.longest).toBeLessThan(50);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
