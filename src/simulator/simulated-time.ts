import { asyncScheduler, type Subscription } from 'rxjs';
import type { Clock } from '../sensor/index.js';

/** Something that happens once a simulated second. */
export interface Pulse {
  /** When it happens in its second, milliseconds. */
  readonly offset: number;
  /** When it happens next, milliseconds since the start; kept by {@link SimulatedTime}. */
  due: number;
  /** Called when it happens. */
  pulse(): void;
}

/** How often a pulse comes, simulated milliseconds. */
export const PERIOD = 1_000;
/** The shortest time between two wake-ups, milliseconds: a timer cannot take less. */
const SHORTEST_SLEEP = 1;
/**
 * A wake-up costs more than a packet, so among very many sensors packets wait for one another: a millisecond for each
 * so many sensors, and at most so many milliseconds, as a radio does whose connection interval is that long.
 */
const SENSORS_A_MILLISECOND = 25;
const LONGEST_WAIT = 40;
/** How much time is made up for when the process was busy, simulated milliseconds; it runs slower rather than flood it. */
const MADE_UP = 10_000;
/** How much too early a timer may go off, milliseconds: Node.js counts from the beginning of the turn that sets it. */
const EARLIEST = 50;

/**
 * The clock of a simulation, and one timer for everything in it. It stands still until something first pulses. From
 * then on it passes evenly, however many pulse. Only the timers of RxJS, so that its virtual time works too.
 */
export class SimulatedTime implements Clock {
  readonly #start: number;
  readonly #speed: number;
  /** What pulses, the next one first. All have the same period, so who has pulsed goes to the end. */
  readonly #pulses: Pulse[] = [];
  /** Simulated milliseconds since the start that are worked off, and the scheduler's time at that moment, once it has begun. */
  #time = 0;
  #anchor = Number.NaN;
  #shown = 0;
  #working = false;
  #timer: Subscription | undefined;

  constructor(start: number, speed: number) {
    this.#start = start;
    this.#speed = speed;
  }

  now(): number {
    return this.#start + this.elapsed();
  }

  /** Simulated milliseconds since the start. */
  elapsed(): number {
    // Never past a pulse that is yet to come, and never back, whatever the system's clock does.
    const next = this.#pulses[0]?.due ?? Number.POSITIVE_INFINITY;
    const passed = this.#working || Number.isNaN(this.#anchor) ? 0 : this.#sinceAnchor() * this.#speed;
    this.#shown = Math.max(this.#shown, Math.min(this.#time + passed, next));
    return this.#shown;
  }

  /** From now on it pulses; one that does so already goes on. */
  add(pulse: Pulse): void {
    if (this.#pulses.includes(pulse)) return;
    const now = this.elapsed();
    if (this.#pulses.length === 0 && !this.#working) {
      this.#time = now;
      this.#anchor = asyncScheduler.now();
    }
    pulse.due = pulse.offset + (Math.floor((now - pulse.offset) / PERIOD) + 1) * PERIOD;
    const at = this.#pulses.findIndex(({ due }) => due > pulse.due);
    if (at === -1) this.#pulses.push(pulse);
    else this.#pulses.splice(at, 0, pulse);
    if (this.#pulses[0] === pulse) this.#sleep();
  }

  /** It pulses no more. */
  remove(pulse: Pulse): void {
    const at = this.#pulses.indexOf(pulse);
    if (at !== -1) this.#pulses.splice(at, 1);
    if (this.#pulses.length === 0) this.#timer?.unsubscribe();
  }

  #sleep(): void {
    if (this.#working) return;
    this.#timer?.unsubscribe();
    const [next] = this.#pulses;
    if (next === undefined) return;
    const left = (next.due - this.#time) / this.#speed - this.#sinceAnchor();
    const wait = Math.min(this.#pulses.length / SENSORS_A_MILLISECOND, LONGEST_WAIT);
    const sleep = Math.ceil(Math.max(SHORTEST_SLEEP, wait, left));
    const slept = this.#sinceAnchor() + sleep;
    this.#timer = asyncScheduler.schedule(() => this.#wake(slept), sleep);
  }

  /** @param slept - How much time has passed at least, also where timers are faked and the system's clock is not. */
  #wake(slept: number): void {
    const passed = Math.max(slept, this.#sinceAnchor());
    const most = Math.max(MADE_UP, slept * this.#speed);
    const late = passed * this.#speed > most;
    const until = this.#time + (late ? most : passed * this.#speed);
    this.#anchor = late ? asyncScheduler.now() : this.#anchor + passed;

    this.#working = true;
    for (let next = this.#pulses[0]; next !== undefined && next.due <= until; next = this.#pulses[0]) {
      this.#pulses.shift();
      this.#time = next.due;
      next.due += PERIOD;
      this.#pulses.push(next);
      next.pulse();
    }
    this.#time = until;
    this.#working = false;
    this.#sleep();
  }

  /** How long ago the anchor was, milliseconds; less than 0 where a timer went off a little early. */
  #sinceAnchor(): number {
    const now = asyncScheduler.now();
    // One that is far ahead comes of a clock that was put back, or that does not go with the timers.
    if (this.#anchor - now > EARLIEST) this.#anchor = now;
    return now - this.#anchor;
  }
}
