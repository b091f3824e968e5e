import assert from 'node:assert/strict';
import { type Observable, Subscription } from 'rxjs';
import { vi } from 'vitest';
import type { HeartRateSample } from '../../../../src/sample/index.js';
import {
  BluetoothUnavailableError,
  connect,
  heartRate,
  type Sensor,
  type SensorOptions,
} from '../../../../src/sensor/index.js';
import { scriptedCentral } from '../../../support/scripted-central.js';
import { devices, type Event } from './events.js';
import { Links } from './links.js';
import { Witness } from './witness.js';

/** Somebody who is subscribed, and how many values have come and were due. */
interface Listener {
  readonly subscription: Subscription;
  came: number;
  due: number;
  leaving: boolean;
}

/** A sensor at a central to which anything may happen. After each event it checks all that has to hold. */
export class Rig {
  readonly states = new Set<string>();
  samples = 0;

  readonly #script = scriptedCentral();
  readonly #links = new Links(this.#script);
  readonly #options: SensorOptions;
  readonly #witness: Witness;
  readonly #sensor: Sensor | undefined;
  readonly #samples$: Observable<HeartRateSample>;
  /** Whether who listens to the samples subscribes again at once when there is an error. */
  #persistent: boolean;
  readonly #listeners = new Set<Listener>();
  readonly #batteries = new Set<Listener>();
  /** All that ever listened. */
  readonly #everyone: Listener[] = [];
  /** When each operation that has not settled was begun. */
  readonly #operations = new Set<{ readonly begun: number }>();
  readonly #malformed = { came: 0, due: 0 };
  /** At which status everybody leaves, in the middle of it. */
  #leaveAt: string | undefined;
  /** RxJS would put it off until later. */
  #failure: unknown;

  constructor(target: 'connect' | 'heartRate', options: SensorOptions, persistent: boolean) {
    this.#options = { ...options, onMalformed: () => this.#malformed.came++ };
    this.#persistent = persistent;
    this.#witness = new Witness(options);
    const { central } = this.#script;
    this.#sensor = target === 'connect' ? connect(central, this.#options) : undefined;
    this.#samples$ = this.#sensor?.samples$ ?? heartRate(central, this.#options);
    this.#sensor?.status$.subscribe((status) =>
      this.#guard(() => {
        this.states.add(status.state);
        if (this.#witness.next(status)) this.#links.begin();
        if (status.state === this.#leaveAt) this.#allLeave();
      }),
    );
  }

  /** Lets something happen, and checks. */
  async do(event: Event): Promise<void> {
    if ('well' in event) return this.#allGoesWell();
    this.#witness.sends(undefined);
    this.#perform(event);
    await this.#check();
  }

  /** All that it takes to the next heart rate, wherever the session is. */
  async #allGoesWell(): Promise<void> {
    const { count } = this.#script;
    await this.do({ do: 'join' });
    for (let waits = 0; waits < 100 && count.scans + count.connects === 0; waits++)
      await this.do({ wait: 100 });
    if (count.scans > 0) await this.do({ heard: 'a' });
    if (count.scans > 0) await this.do({ wait: 1_000 });
    await this.do({ accepts: 'answers', back: 0 });
    await this.do({ on: 'beat', back: 0 });
  }

  /** Everybody goes, whatever the state; then nothing may be left, and nothing may come any more. */
  async end(): Promise<void> {
    this.#witness.sends(undefined);
    this.#persistent = false;
    this.#allLeave();
    if (this.#operations.size > 0) vi.advanceTimersByTime(this.#longestOperation);
    await this.#check();
    assert.equal(this.#operations.size, 0);
    this.#script.advertise('a', devices.a);
    this.#links.stir();
    vi.advanceTimersByTime(60_000);
    await this.#check();
  }

  #perform(event: Exclude<Event, { well: true }>): void {
    if ('heard' in event) this.#script.advertise(devices[event.heard].id, devices[event.heard]);
    else if ('wait' in event) vi.advanceTimersByTime(event.wait);
    else if ('systemTime' in event) vi.setSystemTime(event.systemTime);
    else if ('leaveAt' in event) this.#leaveAt = event.leaveAt;
    else if ('accepts' in event) {
      this.#links.accept(event.back, event.accepts, () => {
        for (const battery of this.#batteries) battery.due++;
      });
    } else if ('on' in event) {
      this.#links.happen(event.back, event.on, (packet, wellFormed) => this.#heard(packet, wellFormed));
    } else if ('which' in event) {
      const all = event.do === 'leave the battery' ? this.#batteries : this.#listeners;
      const listener = [...all][event.which];
      if (listener === undefined) return;
      if (event.do === 'leave at the next sample') listener.leaving = true;
      else this.#leave(listener);
    } else if (event.do === 'join') this.#join();
    else if (event.do === 'scan fails') this.#script.failScan(new BluetoothUnavailableError('off'));
    else if (this.#sensor) this.#use(this.#sensor, event.do);
  }

  #heard(packet: Uint8Array, wellFormed: boolean): void {
    if (!wellFormed) this.#malformed.due++;
    else {
      this.#witness.sends(packet);
      this.samples++;
      for (const listener of this.#listeners) listener.due++;
    }
  }

  #join(): void {
    if (this.#sensor === undefined) {
      // Here each subscription is a session of its own, and one is looked at.
      if (this.#listeners.size > 0) return;
      this.#witness.begin();
      this.#links.begin();
    }
    this.#listen(this.#listeners, this.#samples$, (sample) => this.#witness.sample(sample));
  }

  #use(sensor: Sensor, what: 'battery' | 'locate' | 'reset'): void {
    if (what === 'battery') {
      const { answers } = this.#links;
      const battery = this.#listen(this.#batteries, sensor.battery$, (level) => assert.equal(level, 1));
      if (answers) battery.due++;
      return;
    }
    const operation = { begun: performance.now() };
    this.#operations.add(operation);
    const settled = () => this.#operations.delete(operation);
    const promise = what === 'locate' ? sensor.bodySensorLocation() : sensor.resetEnergyExpended();
    promise.then(settled, settled);
  }

  #listen<Value>(all: Set<Listener>, source$: Observable<Value>, see: (value: Value) => void): Listener {
    const listener: Listener = { subscription: new Subscription(), came: 0, due: 0, leaving: false };
    all.add(listener);
    this.#everyone.push(listener);
    const subscription = source$.subscribe({
      next: (value) => {
        this.#guard(() => {
          assert.ok(all.has(listener), 'called after the end');
          listener.came++;
          see(value);
        });
        if (listener.leaving) this.#leave(listener);
      },
      error: () => {
        this.#guard(() => assert.ok(all.delete(listener), 'called after the end'));
        if (this.#persistent && all === this.#listeners) this.#join();
      },
      complete: () => this.#guard(() => assert.fail('a sensor never completes')),
    });
    listener.subscription.add(subscription);
    return listener;
  }

  #allLeave(): void {
    this.#leaveAt = undefined;
    for (const listener of [...this.#listeners, ...this.#batteries]) {
      // What was on its way comes no more.
      listener.due = listener.came;
      this.#leave(listener);
    }
  }

  #leave(listener: Listener): void {
    this.#listeners.delete(listener);
    this.#batteries.delete(listener);
    listener.subscription.unsubscribe();
  }

  async #check(): Promise<void> {
    // Operations settle by promises, which take their turns.
    for (let turn = 0; turn < 4; turn++) await Promise.resolve();
    if (this.#failure !== undefined) throw this.#failure;
    for (const { came, due } of this.#everyone) assert.equal(came, due, 'not as many values as were due');
    assert.equal(this.#malformed.came, this.#malformed.due, 'not as many malformed packets as were sent');
    this.#links.check(this.#options);
    this.#witness.check();

    const { scans, connects } = this.#script.count;
    if (this.#listeners.size + this.#batteries.size + this.#operations.size === 0) {
      assert.deepEqual({ scans, connects, timers: vi.getTimerCount() }, { scans: 0, connects: 0, timers: 0 });
      assert.ok(this.#sensor === undefined || ['ended', undefined].includes(this.#witness.status?.state));
    } else if (this.#sensor) {
      const state = this.#witness.status?.state ?? 'ended';
      const open = { scanning: [1, 0], connecting: [0, 1], live: [0, 1], reconnecting: [0, 0] } as Record<
        string,
        number[]
      >;
      assert.deepEqual([scans, connects], open[state], `while ${state}`);
    } else assert.ok(scans + connects <= 1);
    for (const { begun } of this.#operations)
      assert.ok(performance.now() - begun < this.#longestOperation, 'an operation that does not settle');
  }

  /** Until there is a link, and until it is answered. */
  get #longestOperation(): number {
    return (this.#options.timeout ?? 30_000) + 5_000;
  }

  #guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#failure ??= error;
    }
  }
}
