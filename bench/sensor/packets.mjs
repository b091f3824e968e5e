const SEED = 20_180_205;
const COUNT = 4_096;
const MOST_INTERVALS = 9;

/**
 * Packets (0x2A37) of every kind that there is: a rate of 8 and of 16 bits, with contact, without it and without the
 * feature, with energy in every third, and 0 to 9 RR intervals, which is all that a link carries by default.
 * @returns {Uint8Array[]} the same each time
 */
export function mixedPackets() {
  const random = seeded(SEED);
  return Array.from({ length: COUNT }, () => mixedPacket((below) => Math.floor(random() * below)));
}

/** @param {(below: number) => number} pick */
function mixedPacket(pick) {
  const wide = pick(2);
  const contact = pick(3);
  const energy = pick(3) === 0;
  const intervals = pick(MOST_INTERVALS + 1);
  const flags =
    wide |
    (contact > 0 ? 0b100 : 0) |
    (contact > 1 ? 0b010 : 0) |
    (energy ? 0b1000 : 0) |
    (intervals ? 0b10000 : 0);
  const bytes = [flags];
  const uint16 = (/** @type {number} */ value) => bytes.push(value & 0xff, value >> 8);
  if (wide) uint16(30 + pick(300));
  else bytes.push(30 + pick(200));
  if (energy) uint16(pick(0x1_0000));
  for (let at = 0; at < intervals; at++) uint16(300 + pick(1_700));
  return Uint8Array.from(bytes);
}

/** @param {number} seed @returns {() => number} numbers from 0 to 1 (mulberry32) */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
