import { of, Subject, throwError } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeartRateSample } from '../../../src/sample/index.js';
import { DeliveryFailedError, DeliveryRejectedError, defineSink, sendTo } from '../../../src/sink/index.js';
import { memoryService, sequences } from '../../support/memory-service.js';
import { sampleOf } from '../../support/samples.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const { service, calls } = memoryService({ records: 2 });
  const sink = defineSink(service);
  const events: unknown[] = [];
  const observer = {
    next: (sample: HeartRateSample) => events.push(sample.sequence),
    error: (error: Error) => events.push(error.message),
    complete: () => events.push('complete'),
  };
  return { sink, calls, events, observer };
}

describe('sendTo', () => {
  it('passes samples through unchanged and at once', () => {
    const { sink } = open();
    const samples$ = new Subject<HeartRateSample>();
    const passed: HeartRateSample[] = [];
    samples$.pipe(sendTo(sink)).subscribe((sample) => passed.push(sample));
    const sample = sampleOf(0);
    samples$.next(sample);
    expect(passed[0]).toBe(sample);
    expect(sink.stats()).toMatchObject({ accepted: 1, delivered: 0 });
  });

  it('completes when all is settled, not before', async () => {
    const { sink, calls, events, observer } = open();
    of(sampleOf(0), sampleOf(1), sampleOf(2)).pipe(sendTo(sink)).subscribe(observer);
    expect(events).toEqual([0, 1, 2]);
    await calls[0]?.answer();
    expect(events).toEqual([0, 1, 2]);
    await calls[1]?.answer();
    expect(events).toEqual([0, 1, 2, 'complete']);
  });

  it('hands the error of the source on when all is settled', async () => {
    const { sink, calls, events, observer } = open();
    const samples$ = new Subject<HeartRateSample>();
    samples$.pipe(sendTo(sink)).subscribe(observer);
    samples$.next(sampleOf(0));
    samples$.error(new Error('strap gone'));
    expect(events).toEqual([0]);
    await calls[0]?.answer();
    expect(events).toEqual([0, 'strap gone']);
  });

  it('errors at once with what can never succeed, but not with what may', async () => {
    const { sink, calls, events, observer } = open();
    const samples$ = new Subject<HeartRateSample>();
    samples$.pipe(sendTo(sink)).subscribe(observer);
    samples$.next(sampleOf(0));
    samples$.next(sampleOf(1));
    await calls[0]?.answer([new DeliveryFailedError('busy'), undefined]);
    expect(events).toEqual([0, 1]);
    vi.advanceTimersByTime(100);
    await calls[1]?.fail(new DeliveryRejectedError('no such stream'));
    expect(events).toEqual([0, 1, 'no such stream']);
    expect(samples$.observed).toBe(false);
  });

  it('unsubscribes from the source, and leaves the sink to deliver what it has', async () => {
    const { sink, calls, events, observer } = open();
    const samples$ = new Subject<HeartRateSample>();
    const subscription = samples$.pipe(sendTo(sink)).subscribe(observer);
    samples$.next(sampleOf(0));
    subscription.unsubscribe();
    expect(samples$.observed).toBe(false);
    vi.advanceTimersByTime(200);
    expect(sequences(calls[0])).toEqual([0]);
    await calls[0]?.answer();
    expect(events).toEqual([0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets several sources share a sink', async () => {
    const { sink, calls, events, observer } = open();
    of(sampleOf(0)).pipe(sendTo(sink)).subscribe(observer);
    throwError(() => new Error('no strap'))
      .pipe(sendTo(sink))
      .subscribe(observer as never);
    await calls[0]?.answer();
    expect(events).toEqual([0, 'complete', 'no strap']);
  });

  it('errors where the sink is closed, before or meanwhile', async () => {
    const { sink, calls, events, observer } = open();
    const samples$ = new Subject<HeartRateSample>();
    samples$.pipe(sendTo(sink)).subscribe(observer);
    samples$.next(sampleOf(0));
    const closed = sink.close();
    await calls[0]?.answer();
    await closed;
    const message = 'The sink memory is closed and takes no samples any more.';
    expect(events).toEqual([0, message]);
    expect(samples$.observed).toBe(false);
    of(sampleOf(1)).pipe(sendTo(sink)).subscribe(observer);
    expect(events).toEqual([0, message, message]);
  });
});
