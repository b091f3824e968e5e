import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {import('./endpoint.mjs').AwsEndpointOptions} AwsEndpointOptions
 * @typedef {import('./faults.mjs').Faults} Faults
 * @typedef {import('./listener.mjs').Outage} Outage
 *
 * @typedef {object} Order what the process is told
 * @property {number} id
 * @property {Faults} [faults]
 * @property {Outage | null} [outage] `null` ends it
 * @property {boolean} [forget] calls and records so far
 * @property {boolean} [report] wants calls and records
 *
 * @typedef {object} Report
 * @property {import('./answer.mjs').Call[]} calls
 * @property {{ stream: string, shard: string, key: string, text: string }[]} records accepted, in order of arrival
 * @property {number} connections opened since it began
 * @property {number} cpuMs what the process has used since it began
 */

const PROGRAM = fileURLToPath(new URL('run.mjs', import.meta.url));

/**
 * Starts the endpoint in a process of its own, so that it takes no time from what is measured in this one.
 * @param {Omit<AwsEndpointOptions, 'now' | 'random'>} [options]
 */
export async function startSeparateAwsEndpoint(options = {}) {
  // Its own process even where this one runs with the flags of an inspector or a profiler.
  const child = fork(PROGRAM, [JSON.stringify(options)], { execArgv: [], serialization: 'advanced' });
  const [{ url }] = await once(child, 'message');
  let id = 0;

  /** @param {Omit<Order, 'id'>} order @returns {Promise<Report>} */
  const order = (order) => {
    const mine = ++id;
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('The endpoint has ended.'));
      const hear = (/** @type {Report & { id: number }} */ answer) => {
        if (answer.id !== mine) return;
        child.off('message', hear);
        child.off('exit', gone);
        resolve(answer);
      };
      child.on('message', hear);
      child.once('exit', gone);
      child.send({ ...order, id: mine });
    });
  };

  return {
    url: String(url),
    report: () => order({ report: true }),
    forget: () => order({ forget: true }),
    /** @param {Faults} faults */
    setFaults: (faults) => order({ faults }),
    /** @param {Outage | undefined} outage */
    outage: (outage) => order({ outage: outage ?? null }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
