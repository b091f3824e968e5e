import type { Frame } from './frame.js';

/** Somebody who watches. */
export interface Viewer {
  readonly transport: 'sse' | 'websocket';
  /** Bytes that the network has not taken yet. */
  waiting(): number;
  /** Sends what has come up. */
  send(frames: readonly Frame[]): void;
  /** Says good-bye, and closes. */
  end(): void;
  /** Closes at once, whatever is on its way. */
  drop(): void;
}

/** So many watch at most. */
export const VIEWERS_MAX = 100;
/** So many bytes wait for one of them at most: some 20 seconds of 200 sensors. */
const WAITING_MAX = 2 ** 20;

/** All who watch. One who does not read what comes is sent away, and disturbs nobody else. */
export class Viewers {
  readonly #all = new Set<Viewer>();
  readonly #pending: Frame[] = [];
  /** How many were sent away since they read too slowly. */
  dropped = 0;

  /** How many watch. */
  count(transport?: Viewer['transport']): number {
    if (transport === undefined) return this.#all.size;
    return [...this.#all].filter((viewer) => viewer.transport === transport).length;
  }

  /** Lets somebody watch, from what there is now on. */
  add(viewer: Viewer, first: readonly Frame[]): void {
    // What is pending is in there already.
    this.flush();
    this.#all.add(viewer);
    viewer.send(first);
  }

  /** Somebody watches no more. */
  remove(viewer: Viewer): void {
    this.#all.delete(viewer);
  }

  /** Sends an event to all: with others of the same turn. */
  send(frame: Frame): void {
    if (this.#all.size === 0) return;
    if (this.#pending.push(frame) === 1) setImmediate(() => this.flush());
  }

  /** Sends what has come up. */
  flush(): void {
    const frames = this.#pending.splice(0);
    if (frames.length === 0) return;
    for (const viewer of this.#all) {
      if (viewer.waiting() > WAITING_MAX) {
        this.dropped++;
        this.#all.delete(viewer);
        viewer.drop();
      } else viewer.send(frames);
    }
  }

  /** Sends all home. */
  close(): void {
    this.flush();
    for (const viewer of this.#all) viewer.end();
    this.#all.clear();
  }
}
