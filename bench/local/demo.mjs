import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Starts the demonstration in a process of its own.
 * @param {string} program
 * @param {readonly string[]} words
 */
export async function startDemo(program, words) {
  const demo = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const ended = once(demo, 'close');
  try {
    const url = await Promise.race([urlOf(demo.stdout), ended.then(() => undefined)]);
    if (url === undefined) throw new Error(`${words.join(' ')} has ended before its page was there.`);
    return { pid: Number(demo.pid), url, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  /** Ends it as Ctrl-C does: it, and where npm has started it, npm. */
  async function stop() {
    if (demo.exitCode === null && demo.signalCode === null) process.kill(-Number(demo.pid), 'SIGINT');
    await ended;
  }
}

/** The address that it says. @param {import('node:stream').Readable} output */
async function urlOf(output) {
  const lines = createInterface(output);
  for await (const line of lines) {
    const [, url] = /^Open (http:\S+)$/.exec(line) ?? [];
    if (url === undefined) continue;
    // What else it says is read, so that it never waits for that.
    output.resume();
    return url;
  }
  return undefined;
}
