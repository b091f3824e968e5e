import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Loads a noble fork whose Bluetooth adapter is the one at this port. Noble is one per process.
 * @param {'@abandonware/noble' | '@stoprocent/noble'} fork
 * @param {number} port
 * @param {boolean} [extended] With Bluetooth 5; one fork finds out by itself, the other wants to be told.
 * @returns {any} For each fork its own, so that it is up to the caller.
 */
export function loadNoble(fork, port, extended) {
  process.env.HCI_TCP_PORT = String(port);
  require('./hci-tcp.cjs');
  return extended && fork === '@abandonware/noble'
    ? require('@abandonware/noble/with-custom-binding')({ extended })
    : require(fork);
}
