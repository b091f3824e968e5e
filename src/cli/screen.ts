/** Where the command writes for people. */
export interface Screen {
  /** Writes a line that stays. */
  line(text: string): void;
  /** Shows where things are: one line that is written over on a terminal, a line each time elsewhere. */
  progress(text: string): void;
}

/** How often progress is shown at most, milliseconds: on a terminal, and elsewhere, where each stays. */
const TERMINAL_INTERVAL = 200;
const PLAIN_INTERVAL = 1_000;
const CLEAR_LINE = '\r\x1b[2K';

/** A screen on an output, a terminal or not. */
export function screenOn(output: NodeJS.WriteStream): Screen {
  const interval = output.isTTY ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
  let open = false;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    line(text) {
      output.write(open ? `\n${text}\n` : `${text}\n`);
      open = false;
    },
    progress(text) {
      const now = performance.now();
      if (now - shownAt < interval) return;
      shownAt = now;
      open = output.isTTY;
      output.write(output.isTTY ? `${CLEAR_LINE}${text}` : `${text}\n`);
    },
  };
}
