// To be loaded first, by --import: at its end the process prints the names of all packages it has loaded, as JSON.
import { createRequire, register } from 'node:module';
import { isMainThread, MessageChannel, receiveMessageOnPort } from 'node:worker_threads';

/** @type {import('node:worker_threads').MessagePort} */
let loads;

/** @param {import('node:worker_threads').MessagePort} port */
export function initialize(port) {
  loads = port;
}

/** @type {import('node:module').LoadHook} */
export function load(url, context, next) {
  loads.postMessage(url);
  return next(url, context);
}

// Node.js loads this file a second time on the thread of its hooks.
if (isMainThread) {
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  register(import.meta.url, { data: port2, transferList: [port2] });
  process.on('exit', () => {
    const paths = Object.keys(createRequire(import.meta.url).cache);
    for (let next = receiveMessageOnPort(port1); next; next = receiveMessageOnPort(port1))
      paths.push(next.message);
    const names = paths.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
    const packages = [...new Set(names)].filter((name) => name && name !== 'liveheartrate').sort();
    // The command keeps console.log for nobody.
    process.stdout.write(`${JSON.stringify(packages)}\n`);
  });
}
