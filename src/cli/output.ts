import { type Paint, paintFor } from './colour.js';
import { note } from './print.js';
import { screenOn } from './screen.js';

/** Where a command that shows samples writes: for people all on one screen, for programs samples alone. */
export interface Output {
  readonly paint: Paint;
  /** Whether samples are shown in one line that is written over. */
  readonly overwrites: boolean;
  /** Shows where things are. */
  progress(text: string): void;
  /** Writes a line that goes along with the samples. */
  tell(line: string): void;
  /** Writes what came of it: as JSON, or in lines for people. */
  result(value: object, lines: () => readonly string[]): void;
}

export function outputFor(json: boolean): Output {
  if (json) {
    return {
      paint: (_, text) => text,
      overwrites: false,
      progress: () => undefined,
      tell: note,
      result: (value) => note(JSON.stringify(value)),
    };
  }
  const screen = screenOn(process.stdout);
  return {
    paint: paintFor(process.stdout),
    overwrites: process.stdout.isTTY,
    progress: screen.progress,
    tell: screen.line,
    result: (_, lines) => {
      for (const line of lines()) screen.line(line);
    },
  };
}
