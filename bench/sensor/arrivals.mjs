import { createRequire } from 'node:module';

const HciSocket = createRequire(import.meta.url)('../../test/support/strap/hci-tcp.cjs');

/** An ACL packet with a whole ATT notification: H4 type, handle, length, L2CAP length, channel, opcode, handle. */
const ACL_DATA = 0x02;
const CHANNEL_AT = 7;
const ATT_CHANNEL = 0x0004;
const OPCODE_AT = 9;
const NOTIFICATION = 0x1b;
const VALUE_AT = 12;

/**
 * Notes when the socket hands each notification to noble, from now on. Load noble after it.
 * @returns {{ time: number, hex: string }[]}
 */
export function noteArrivals() {
  /** @type {{ time: number, hex: string }[]} */
  const arrivals = [];
  const { emit } = HciSocket.prototype;
  /** @this {unknown} @param {string} event @param {unknown[]} values */
  HciSocket.prototype.emit = function (event, ...values) {
    const packet = event === 'data' ? /** @type {Buffer} */ (values[0]) : undefined;
    if (packet && isNotification(packet))
      arrivals.push({ hex: packet.toString('hex', VALUE_AT), time: performance.now() });
    return emit.call(this, event, ...values);
  };
  return arrivals;
}

/** @param {Buffer} packet */
const isNotification = (packet) =>
  packet[0] === ACL_DATA &&
  packet.length >= VALUE_AT &&
  packet.readUInt16LE(CHANNEL_AT) === ATT_CHANNEL &&
  packet[OPCODE_AT] === NOTIFICATION;
