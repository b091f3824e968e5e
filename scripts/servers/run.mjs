import { spawn } from 'node:child_process';

const KEPT_OUTPUT = 1_500;

/**
 * Runs a program to its end, without a shell.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ timeoutMs: number, cwd?: string }} options
 * @returns {Promise<{ ok: boolean, found: boolean, output: string }>} output is what it said last
 */
export function run(command, args, { timeoutMs, cwd }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...(cwd && { cwd }) });
    let output = '';
    let late = '';
    /** @param {Buffer} bytes */
    const keep = (bytes) => {
      output = `${output}${bytes}`.slice(-KEPT_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => {
      late = `\nIt did not end within ${timeoutMs / 1_000} s.`;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      const found = /** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT';
      resolve({ ok: false, found, output: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ok: code === 0, found: true, output: `${output.trim()}${late}` });
    });
  });
}
