/**
 * Takes the place of the HCI socket class of both noble forks: HCI packets (H4) over TCP on loopback instead
 * of a Bluetooth adapter. Load it before noble (`node --require`); the port is HCI_TCP_PORT.
 */
const { EventEmitter } = require('node:events');
const Module = require('node:module');
const net = require('node:net');

const EVENT = 0x04;
const ACL_DATA = 0x02;
const RECONNECT_MS = 100;

class HciTcpSocket extends EventEmitter {
  /** @type {net.Socket | undefined} */
  #socket;
  /** @type {NodeJS.Timeout | undefined} */
  #reconnect;
  #received = Buffer.alloc(0);
  #up = false;

  static loadDriver() {
    return HciTcpSocket;
  }

  bindRaw() {
    return 0;
  }

  bindUser() {
    return 0;
  }

  bindControl() {
    return 0;
  }

  getDeviceList() {
    return [];
  }

  setFilter() {}

  reset() {}

  isDevUp() {
    return this.#up;
  }

  start() {
    if (this.#socket || this.#reconnect) return;
    // Up at once: the socket keeps what is written until it is connected, and noble need not poll again.
    this.#up = true;
    this.#connect();
  }

  stop() {
    clearTimeout(this.#reconnect);
    this.#reconnect = undefined;
    this.#up = false;
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  /** @param {Buffer} packet */
  write(packet) {
    if (this.#up) this.#socket?.write(packet);
  }

  #connect() {
    const socket = net.connect({ host: '127.0.0.1', port: Number(process.env.HCI_TCP_PORT), noDelay: true });
    this.#socket = socket;
    this.#received = Buffer.alloc(0);
    socket.on('connect', () => this.#turn(true));
    socket.on('data', (bytes) => this.#receive(bytes));
    // What an error means here, 'close' says: the adapter is gone.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket === socket) this.#lost();
    });
  }

  /** The adapter was taken out: look for it until it is back, without keeping the process alive. */
  #lost() {
    this.#socket = undefined;
    this.#reconnect = setTimeout(() => {
      this.#reconnect = undefined;
      this.#connect();
    }, RECONNECT_MS);
    this.#reconnect.unref();
    if (this.#up) this.#turn(false);
  }

  /** @param {boolean} up */
  #turn(up) {
    this.#up = up;
    this.emit('state', up);
  }

  /** @param {Buffer} bytes */
  #receive(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const length = packetLength(this.#received);
      if (length === undefined || this.#received.length < length) return;
      const packet = Buffer.from(this.#received.subarray(0, length));
      this.#received = this.#received.subarray(length);
      this.emit('data', packet);
    }
  }
}

/** @param {Buffer} bytes @returns {number | undefined} undefined while the header is incomplete */
function packetLength(bytes) {
  switch (bytes[0]) {
    case undefined:
      return undefined;
    case EVENT:
      return bytes.length < 3 ? undefined : 3 + bytes.readUInt8(2);
    case ACL_DATA:
      return bytes.length < 5 ? undefined : 5 + bytes.readUInt16LE(3);
    default:
      throw new Error(`Not an H4 packet: type ${bytes[0]}`);
  }
}

const HCI_SOCKETS = ['@abandonware/bluetooth-hci-socket', '@stoprocent/bluetooth-hci-socket'];
/** @typedef {{ _load: (request: string, ...rest: unknown[]) => unknown }} Loader */
const loader = /** @type {Loader} */ (/** @type {unknown} */ (Module));
const load = loader._load;
/** @type {Loader['_load']} */
loader._load = (request, ...rest) =>
  HCI_SOCKETS.includes(request) ? HciTcpSocket : load.call(loader, request, ...rest);

// These let both forks take their HCI code on macOS and Windows too; no USB device is ever opened.
process.env.BLUETOOTH_HCI_SOCKET_USB_VID ??= '0';
process.env.BLUETOOTH_HCI_SOCKET_USB_PID ??= '0';

module.exports = HciTcpSocket;
