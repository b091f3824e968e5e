import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a program that measures something, alone in its process.
 * @param {string} program
 * @param {readonly string[]} words
 * @returns {Promise<any>} the JSON that its output ends with
 */
export async function child(program, words) {
  const running = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  running.stdout.on('data', (text) => {
    output += text;
  });
  const [code] = await once(running, 'close');
  if (code !== 0) throw new Error(`${words.join(' ')} has ended with code ${code}.`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}
