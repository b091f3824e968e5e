import assert from 'node:assert/strict';
import { type HeartRateSample, packetOf } from '../../../../src/sample/index.js';
import {
  NotAHeartRateSensorError,
  type SensorOptions,
  type SensorStatus,
} from '../../../../src/sensor/index.js';

/** Which status may follow which. */
const successors: Record<SensorStatus['state'], SensorStatus['state'][]> = {
  scanning: ['connecting', 'reconnecting', 'ended'],
  connecting: ['live', 'silent', 'reconnecting', 'ended'],
  live: ['silent', 'reconnecting', 'ended'],
  silent: ['reconnecting', 'ended'],
  reconnecting: ['scanning', 'ended'],
  ended: ['scanning'],
};

/** Sees every sample and every status of one session after the other, and that each is as it has to be. */
export class Witness {
  readonly #silence: number;
  readonly #attempts: number;
  readonly #sessions = new Set<string>();
  status: SensorStatus | undefined;
  /** How many samples the session has. */
  #count = 0;
  #last: HeartRateSample | undefined;
  /** What was sent just now. */
  #packet: Uint8Array | undefined;
  /** When something was sent last, by the timers, not by the system's clock. */
  #sentAt = Number.NaN;
  /** What the system's clock was ahead of the timers when the session began. */
  #anchor = Number.NaN;
  #latest = Number.NEGATIVE_INFINITY;
  #failures = 0;
  /** When the link was begun to be opened that is the present one, by the timers. */
  #connectingAt = Number.NaN;
  #found = false;
  #everLive = false;

  constructor({ silence = 5_000, reconnect = {} }: SensorOptions) {
    this.#silence = silence;
    this.#attempts = reconnect === false ? 0 : (reconnect.attempts ?? Number.POSITIVE_INFINITY);
  }

  /** A new session begins. */
  begin(): void {
    this.#count = 0;
    this.#last = undefined;
    this.#anchor = Date.now() - performance.now();
    this.#latest = Number.NEGATIVE_INFINITY;
    this.#failures = 0;
    this.#found = this.#everLive = false;
  }

  /** A packet is sent that becomes a sample, whoever listens; or none. */
  sends(packet: Uint8Array | undefined): void {
    this.#packet = packet;
    if (packet === undefined) return;
    this.#count++;
    this.#sentAt = performance.now();
  }

  /** A sample came; all who listen share it, and are called with it one after the other. */
  sample(sample: HeartRateSample): void {
    assert.notEqual(this.#packet, undefined, 'a sample of nothing that was sent');
    assert.equal(packetOf(sample), this.#packet, 'not what was sent');
    assert.equal(sample.sequence, this.#count - 1, 'a number that does not follow');
    if (this.status) assert.equal(this.status.state, 'live');
    if (sample === this.#last) return;
    if (this.#last === undefined) assert.ok(!this.#sessions.has(sample.session), 'a session that was before');
    else {
      assert.equal(sample.session, this.#last.session, 'another session');
      assert.equal(sample.sensor, this.#last.sensor, 'another sensor');
    }
    this.#time(sample.timestamp);
    this.#sessions.add(sample.session);
    this.#last = sample;
  }

  /** A status came; answers whether it is the first of a session. */
  next(status: SensorStatus): boolean {
    const before = this.status;
    if (before === undefined) assert.equal(status.state, 'scanning');
    else assert.ok(successors[before.state].includes(status.state), `${before.state}, then ${status.state}`);
    const first = before === undefined || before.state === 'ended';
    if (first) this.begin();
    this.#time(status.time);
    this.status = status;
    if (status.state === 'connecting') {
      this.#connectingAt = performance.now();
      this.#found = true;
    }
    if (status.state === 'silent') {
      const [since, patience] =
        before?.state === 'live'
          ? [this.#sentAt, this.#silence]
          : [this.#connectingAt, Math.max(this.#silence, 20_000)];
      assert.equal(performance.now() - since, patience, 'silent too early, or too late');
    }
    if (status.state === 'reconnecting') {
      assert.equal(status.attempt, ++this.#failures, 'an attempt that does not follow');
      assert.ok(status.attempt <= this.#attempts, 'more attempts than there may be');
      assert.ok(status.nextTry >= status.time);
    }
    if (before?.state === 'reconnecting' && status.state === 'scanning')
      assert.ok(Math.abs(status.time.getTime() - before.nextTry.getTime()) <= 1, 'not when it was said');
    if (status.state === 'live') {
      this.#failures = 0;
      this.#everLive = true;
      assert.notEqual(this.#packet, undefined, 'live without a heart rate');
    }
    if (status.state === 'ended' && status.error !== undefined) this.#givenUp(status.error);
    return first;
  }

  /** A sensor that was found is given up after so many attempts, or where trying again is of no use. */
  #givenUp(error: unknown): void {
    if (!this.#found || this.#failures >= this.#attempts) return;
    const useless = error instanceof NotAHeartRateSensorError && !this.#everLive;
    assert.ok(useless || (error instanceof Error && error.message === 'fault'), `given up for ${error}`);
  }

  /** What always holds between two events. */
  check(): void {
    assert.notEqual(this.status?.state, 'silent', 'silent, and nothing is done');
    if (this.status?.state === 'live')
      assert.ok(performance.now() - this.#sentAt < this.#silence, 'live without a present heart rate');
  }

  /** Now, as the session tells the time, which never goes back, whatever the system's clock does. */
  #time(time: Date): void {
    assert.ok(time.getTime() >= this.#latest, 'back in time');
    assert.equal(time.getTime(), Math.trunc(this.#anchor + performance.now()), 'another time than now');
    this.#latest = time.getTime();
  }
}
