/** Writes a line of what was asked for. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Writes a line that goes along with it, where it is in nobody's way. */
export const note = (line: string): void => void process.stderr.write(`${line}\n`);
