import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { hasEnded } from './child-process.ts';

/** How a program ended. */
interface Ending {
  /** Its exit code; `null` where it did not end by itself in time and was killed. */
  readonly code: number | null;
  /** What it wrote on its standard output and error. */
  readonly output: string;
}

/** A program of a test that has to end by itself. */
export interface Program {
  readonly process: ChildProcess;
  /** What it has written on its standard output alone. */
  stdout(): string;
  /** Waits for the end, at most so many milliseconds from now. */
  ended(milliseconds: number): Promise<Ending>;
  /** Waits until the output fits, at most so many milliseconds. */
  says(pattern: RegExp, milliseconds: number): Promise<void>;
}

/** Runs a program with this Node.js, with something more in its environment. */
export function runProgram(
  path: string,
  words: readonly string[] = [],
  cwd?: string,
  env: NodeJS.ProcessEnv = {},
): Program {
  return watchProgram(
    spawn(process.execPath, [path, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd,
      env: { ...process.env, ...env },
    }),
  );
}

/** Listens to a program that has been started. */
export function watchProgram(child: ChildProcessByStdio<null, Readable, Readable>): Program {
  let output = '';
  let stdout = '';
  const listeners = new Set<() => void>();
  const hear = (text: Buffer) => {
    output += text;
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', (text: Buffer) => {
    stdout += text;
    hear(text);
  });
  child.stderr.on('data', hear);
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));

  return {
    process: child,
    stdout: () => stdout,
    async ended(milliseconds) {
      const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
      await closed;
      clearTimeout(timer);
      return { code: child.exitCode, output };
    },
    says: (pattern, milliseconds) =>
      new Promise((resolve, reject) => {
        const late = () => reject(new Error(`The program did not say ${pattern} in time, but: ${output}`));
        const timer = setTimeout(late, milliseconds);
        const check = () => {
          if (!pattern.test(output) && !hasEnded(child)) return;
          clearTimeout(timer);
          listeners.delete(check);
          if (pattern.test(output)) resolve();
          else late();
        };
        listeners.add(check);
        child.on('close', check);
        check();
      }),
  };
}
