import type { LiveHeartRateError } from '../errors.js';
import { backOff } from './back-off.js';
import type { Entry } from './entry.js';
import { DeliveryThrottledError } from './errors.js';
import { createLanes, type Parcel } from './lanes.js';
import { createPace } from './pace.js';
import { recordsOf } from './records-of.js';
import { sendBatch } from './send-batch.js';
import type { SinkService } from './sink.js';
import type { SinkSettings } from './sink-options.js';
import { LONGEST_TIMER } from './within.js';

/** An entry that is done: delivered, or given up with an error. */
export interface Done {
  readonly entry: Entry;
  readonly error: LiveHeartRateError | undefined;
}

/** Brings entries to a service: when, how many at a time, and again where it failed. */
export interface Sender {
  readonly counts: { readonly calls: number; readonly retries: number; readonly throttles: number };
  /** Takes more; they go together where they can. */
  add(entries: readonly Entry[]): void;
  /** Takes back an entry that is not in flight and older than all others of its key. */
  drop(entry: Entry): void;
  /** Sends those up to this number without waiting for more. */
  hurry(number: number): void;
  /** Lets nothing wait for others to go with it, as long as it is crowded. */
  crowd(isCrowded: boolean): void;
  /** Tries again now what waits after a failure. */
  resume(): void;
  /** Ends: no timer is left, and no call has an effect any more. */
  stop(): void;
}

/** What a sender tells. */
export interface SenderEvents {
  /** A call has been answered, and these are done. */
  readonly onDone: (done: readonly Done[]) => void;
  /** A call has failed. */
  readonly onError: (error: LiveHeartRateError) => void;
}

export function createSender(service: SinkService, settings: SinkSettings, events: SenderEvents): Sender {
  const { limits } = service;
  const { retry } = settings;
  const { calls: callsMax = 4 } = limits;
  const lanes = createLanes(limits, settings);
  const pace = createPace(limits.records * callsMax, settings);
  const underWay = new Set<AbortController>();
  let recordsInFlight = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = Infinity;
  let stopped = false;
  const answers: { readonly done: readonly Done[]; readonly failure: LiveHeartRateError | undefined }[] = [];
  const counts = { calls: 0, retries: 0, throttles: 0 };

  /** Sends all that has to go now, and sets the timer for the rest. */
  function pump(): void {
    if (stopped) return;
    let now = performance.now();
    while (underWay.size < callsMax && now >= pace.pausedUntil && (lanes.full || now >= lanes.due)) {
      const room = Math.min(limits.records, pace.window - recordsInFlight);
      if (room <= 0) return;
      const batch = lanes.take(now, room);
      if (batch.length === 0) break;
      send(batch);
      now = performance.now();
    }
    if (underWay.size < callsMax) wakeAt(Math.max(lanes.due, pace.pausedUntil), now);
  }

  function wakeAt(time: number, now: number): void {
    if (time >= timerAt || time === Infinity) return;
    clearTimeout(timer);
    timerAt = time;
    timer = setTimeout(wake, Math.min(Math.max(0, Math.ceil(time - now)), LONGEST_TIMER));
    // What a spool keeps need not keep a process that has nothing else to do, as long as the service is away.
    if (pace.failures > 0 && settings.spool !== undefined) (timer as { unref?: () => void }).unref?.();
  }

  function wake(): void {
    timerAt = Infinity;
    pump();
  }

  async function send(batch: readonly Parcel[]): Promise<void> {
    const abort = new AbortController();
    underWay.add(abort);
    recordsInFlight += batch.length;
    counts.calls++;
    for (const { entries } of batch) for (const entry of entries) entry.inFlight = true;
    const start = performance.now();
    const result = await sendBatch(service, recordsOf(batch), abort);
    underWay.delete(abort);
    recordsInFlight -= batch.length;
    if (stopped) return;

    const now = performance.now();
    const whole = 'error' in result ? result.error : undefined;
    const done: Done[] = [];
    let failure = whole;
    let throttled = 0;
    let kept: Entry[] = [];
    batch.forEach(({ lane, entries }, at) => {
      const error = 'error' in result ? result.error : result.results[at];
      const before = kept.length;
      for (const entry of entries) {
        // What is done stays in flight until that is told.
        entry.inFlight = !(error && mayRetry(entry, error, now, whole !== undefined));
        if (entry.inFlight) done.push({ entry, error });
        else kept.push(entry);
      }
      failure ??= error;
      if (error instanceof DeliveryThrottledError) throttled++;
      if (kept.length > before) counts.retries++;
      // The records of a lane stand together.
      if (batch[at + 1]?.lane === lane) return;
      lane.failures = kept.length > 0 ? lane.failures + 1 : 0;
      lane.pausedUntil = kept.length > 0 && !whole ? now + backOff(retry, lane.failures) : 0;
      lanes.release(lane, kept);
      kept = [];
    });
    counts.throttles += throttled;
    if (whole) pace.failed(whole, now);
    else pace.answered(throttled === 0);
    if (throttled > 0) pace.throttled(throttled, batch.length, now - start, now);
    // The next call goes first, and what is done is told when that is on its way: so both take place at the same time.
    answers.push({ done, failure });
    pump();
    if (underWay.size > 0) await nextTurn();
    tell();
  }

  /** Tells what has been answered, in order. All is in place by now: whoever hears it may hand in another sample. */
  function tell(): void {
    for (let answer = answers.shift(); answer; answer = answers.shift()) {
      if (answer.failure) events.onError(answer.failure);
      events.onDone(answer.done);
    }
  }

  /** A service that refuses everything says nothing of a sample: it stays in the spool, where there is one. */
  const mayRetry = (entry: Entry, error: LiveHeartRateError, now: number, whole: boolean) =>
    (error.retriable || (whole && settings.spool !== undefined)) && now - entry.acceptedAt < retry.for;

  return {
    get counts() {
      return counts;
    },
    add(entries) {
      for (const entry of entries) lanes.add(entry);
      pump();
    },
    drop: lanes.drop,
    hurry(number) {
      lanes.hurry(number);
      pump();
    },
    crowd(isCrowded) {
      lanes.crowd(isCrowded);
      pump();
    },
    resume() {
      pace.resume();
      lanes.resume();
      pump();
    },
    stop() {
      stopped = true;
      tell();
      clearTimeout(timer);
      for (const abort of underWay) abort.abort();
    },
  };
}

/** Lets what is under way make a step. */
const nextTurn = () =>
  new Promise<void>((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve);
  });
