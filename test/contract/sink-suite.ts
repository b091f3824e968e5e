import { expect, it } from 'vitest';
import { serializeSample } from '../../src/sample/index.js';
import type { Settlement, Sink, SinkOptions } from '../../src/sink/index.js';
import { sampleOf } from '../support/samples.js';

/** A sink, and a look at what has arrived behind it. */
export interface SinkRig {
  /** Makes a sink for an empty place. */
  open(options?: SinkOptions): Promise<{ sink: Sink; arrived(): Promise<string[]> }>;
  /** Makes a sink for a place that does not exist or cannot be written to, where there can be such a place. */
  openNowhere?(): { sink: Sink; message: RegExp };
}

const watch = (sink: Sink) => {
  const settled: Settlement[] = [];
  let completed = false;
  sink.settled$.subscribe({
    next: (settlement) => settled.push(settlement),
    complete: () => (completed = true),
  });
  return { settled, isCompleted: () => completed };
};

/** What every sink does. Call it within a `describe`. */
export function sinkSuite(rig: SinkRig): void {
  it('delivers every sample once, in order, in the wire format, and settles each', async () => {
    const { sink, arrived } = await rig.open();
    const { settled } = watch(sink);
    const samples = Array.from({ length: 1_234 }, (_, at) => sampleOf(at));
    for (const sample of samples) sink.accept(sample);
    await sink.flush();
    expect(await arrived()).toEqual(samples.map(serializeSample));
    expect(settled).toEqual(samples.map((sample) => ({ outcome: 'delivered', sample })));
    await sink.close();
  });

  it('delivers a single sample by itself within its latency', async () => {
    const { sink, arrived } = await rig.open({ maxLatency: 20 });
    sink.accept(sampleOf(0));
    await expect.poll(arrived, { timeout: 10_000 }).toEqual([serializeSample(sampleOf(0))]);
    await sink.close();
  });

  it('drops a sample that is too large, and delivers those beside it', async () => {
    const { sink, arrived } = await rig.open();
    const { settled } = watch(sink);
    const large = sampleOf(1, { rrIntervals: Array.from({ length: 200_000 }, () => 615.234375) });
    for (const sample of [sampleOf(0), large, sampleOf(2)]) sink.accept(sample);
    await sink.flush();
    expect(await arrived()).toEqual([serializeSample(sampleOf(0)), serializeSample(sampleOf(2))]);
    expect(settled).toContainEqual({
      outcome: 'dropped',
      sample: large,
      error: expect.objectContaining({ code: 'SAMPLE_TOO_LARGE' }),
    });
    await sink.close();
  });

  it('delivers what it has when it is closed, and completes', async () => {
    const { sink, arrived } = await rig.open({ maxLatency: 60_000 });
    const { settled, isCompleted } = watch(sink);
    sink.accept(sampleOf(0));
    await sink.close();
    expect(await arrived()).toHaveLength(1);
    expect(settled).toHaveLength(1);
    expect(isCompleted()).toBe(true);
  });

  const { openNowhere } = rig;
  if (!openNowhere) return;
  it('drops at once, with what to do, what can never be delivered', async () => {
    const { sink, message } = openNowhere();
    const { settled } = watch(sink);
    sink.accept(sampleOf(0));
    await sink.flush();
    const error = { code: 'DELIVERY_REJECTED', retriable: false, message: expect.stringMatching(message) };
    expect(settled).toEqual([
      { outcome: 'dropped', sample: sampleOf(0), error: expect.objectContaining(error) },
    ]);
    await sink.close();
  });
}
