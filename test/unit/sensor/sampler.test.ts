import { describe, expect, it, vi } from 'vitest';
import type { MalformedMeasurementError } from '../../../src/profile/index.js';
import { packetOf } from '../../../src/sample/index.js';
import { sampler } from '../../../src/sensor/sampler.js';

const sensor = { id: 'a', name: 'Strap' };

function setUp() {
  const malformed: MalformedMeasurementError[] = [];
  const times = [1_000, 2_000, 3_000].values();
  const toSample = sampler({ now: () => times.next().value ?? 0 }, (error) => malformed.push(error));
  return { malformed, sample: (...bytes: number[]) => toSample(new Uint8Array(bytes), sensor) };
}

describe('sampler', () => {
  it('gives a packet its time, sensor, session and number, and keeps its bytes', () => {
    const { sample } = setUp();
    const [first, second] = [sample(0x1c, 72, 1, 0, 0, 4), sample(0x00, 73)];
    expect(first).toMatchObject({
      timestamp: new Date(1_000),
      heartRate: 72,
      rrIntervals: [1_000],
      energyExpended: 1,
      sensorContact: false,
      sensor,
      sequence: 0,
    });
    expect(second).toMatchObject({
      timestamp: new Date(2_000),
      heartRate: 73,
      sequence: 1,
      session: first?.session,
    });
    expect(first && packetOf(first)).toEqual(new Uint8Array([0x1c, 72, 1, 0, 0, 4]));
  });

  it('reports a packet that cannot be decoded, and gives it no number', () => {
    const { sample, malformed } = setUp();
    expect(sample(0x01, 72)).toBeUndefined();
    expect(sample(0x00, 73)).toMatchObject({ sequence: 0, timestamp: new Date(2_000) });
    expect(malformed).toMatchObject([{ code: 'MALFORMED_MEASUREMENT', hex: '0148' }]);
  });

  it.each([0x00, 0xff])('names each session by a random UUID (all bytes %i)', (byte) => {
    const random = vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
      new Uint8Array(bytes.buffer).fill(byte);
      return bytes;
    });
    const digits =
      byte === 0 ? '00000000-0000-4000-8000-000000000000' : 'ffffffff-ffff-4fff-bfff-ffffffffffff';
    expect(setUp().sample(0x00, 72)?.session).toBe(digits);
    random.mockRestore();
  });

  it('names no two sessions the same', () => {
    const sessions = Array.from({ length: 100 }, () => setUp().sample(0x00, 72)?.session);
    expect(new Set(sessions).size).toBe(100);
    for (const session of sessions)
      expect(session).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
