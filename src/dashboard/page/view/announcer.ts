import type { Board } from '../model/board.js';
import { shown } from '../model/shown.js';
import { setText } from './dom.js';

/** Between two announcements, milliseconds: a screen reader is to get to the end of each. */
const EVERY = 4_000;
const MOST = 3;

/** Says what has changed to those who listen: states and alerts, never each heartbeat. */
export class Announcer {
  readonly #element: HTMLElement;
  readonly #states = new Map<string, string>();
  readonly #alerts = new Map<string, boolean>();
  readonly #waiting = new Map<string, string>();
  #said = Number.NEGATIVE_INFINITY;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  render(board: Board, now: number): void {
    // The banner says it for all of them.
    if (board.link === 'open') for (const { id } of board.sensors) this.#look(id, board, now);
    if (this.#waiting.size === 0 || now - this.#said < EVERY) return;
    this.#said = now;
    const all = [...this.#waiting.values()];
    const more = all.length > MOST ? [`and ${all.length - MOST} more changes`] : [];
    setText(this.#element, [...all.slice(0, MOST), ...more].join('. '));
    this.#waiting.clear();
  }

  #look(id: string, board: Board, now: number): void {
    const sensor = board.sensor(id);
    if (!sensor) return;
    const { state } = shown(sensor, board, now);
    const before = this.#states.get(id);
    this.#states.set(id, state);
    if (before !== state && (before !== undefined || state === 'live'))
      this.#waiting.set(`state ${id}`, `${sensor.name}: ${state}`);

    const raised = sensor.alert !== undefined;
    const was = this.#alerts.get(id) ?? false;
    this.#alerts.set(id, raised);
    if (was === raised) return;
    const what = sensor.alert ? `alert, ${sensor.alert.heart_rate} beats per minute` : 'alert cleared';
    this.#waiting.set(`alert ${id}`, `${sensor.name}: ${what}`);
  }
}
