import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pythonOfVenv } from '../../scripts/servers.mjs';

const RIG = fileURLToPath(new URL('../../test/support/strap/rig.py', import.meta.url));

/** Starts the virtual strap of the tests, and tells what of it is needed here. */
export async function startStrap() {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const rig = spawn(pythonOfVenv, [RIG], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const events = createInterface({ input: rig.stdout })[Symbol.asyncIterator]();

  /** @param {(event: any) => boolean} fits @returns {Promise<any>} the next event that fits */
  const next = async (fits) => {
    for (;;) {
      const { value, done } = await events.next();
      if (done) throw new Error('The virtual strap has ended.');
      const event = JSON.parse(value);
      if (event.event === 'error') throw new Error(`The virtual strap reports: ${event.message}`);
      if (fits(event)) return event;
    }
  };
  const send = (/** @type {object} */ command) => rig.stdin.write(`${JSON.stringify(command)}\n`);

  const { port } = await next(({ event }) => event === 'ready');
  return {
    /** @type {number} */
    port,
    /** Somebody has switched its notifications on. */
    subscribed: () => next(({ event, notify }) => event === 'subscription' && notify),
    /** Sends the packets at a steady rate a second. @param {string[]} packets @param {number} rate */
    play: async (packets, rate) => {
      send({ command: 'play', sensor: 1, packets, rate });
      await next(({ event }) => event === 'played');
    },
    stop: () => rig.stdin.end(`${JSON.stringify({ command: 'quit' })}\n`),
  };
}
