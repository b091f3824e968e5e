import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandOptions {
  readonly cwd: string;
  /** How long it may take, milliseconds. Default 200,000. */
  readonly within?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end and answers what it wrote on standard output; throws all it wrote where it fails. */
export async function command(
  words: readonly [string, ...string[]],
  options: CommandOptions,
): Promise<string> {
  const { cwd, within = 200_000, env } = options;
  const [program, ...rest] = words;
  // A process group of its own, so that what it has started is ended with it.
  const child = spawn(program, rest, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text) => {
    output.stderr += text;
  });
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), within);
  const [code, signal] = await once(child, 'close').finally(() => clearTimeout(timer));
  if (code === 0) return output.stdout;
  throw new Error(
    `${words.join(' ')} ended with ${code ?? signal} (deadline ${within} ms):\n${output.stdout}${output.stderr}`,
  );
}
