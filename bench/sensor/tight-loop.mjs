/** Milliseconds in the unit of an RR interval. */
const UNIT = 1000 / 1024;

/**
 * What a person would write by hand who knows the packets to be well-formed and wants nothing but speed: no check, no
 * name, an array as long as it will be, the same result.
 * @param {DataView} view
 */
export function decodeView(view) {
  const flags = view.getUint8(0);
  let heartRate = 0;
  let at = 2;
  if (flags & 1) {
    heartRate = view.getUint16(1, true);
    at = 3;
  } else heartRate = view.getUint8(1);
  let energyExpended;
  if (flags & 8) {
    energyExpended = view.getUint16(at, true);
    at += 2;
  }
  const count = flags & 16 ? (view.byteLength - at) >> 1 : 0;
  const rrIntervals = new Array(count);
  for (let i = 0; i < count; i++, at += 2) rrIntervals[i] = view.getUint16(at, true) * UNIT;
  return { heartRate, sensorContact: flags & 4 ? (flags & 2) !== 0 : undefined, energyExpended, rrIntervals };
}

/** @param {Uint8Array} bytes as noble hands them on */
export const decodeBytes = (bytes) =>
  decodeView(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
