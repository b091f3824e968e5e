// Times the decoder beside the tight loop, for bytes as noble hands them on or for views as Web Bluetooth does.
import { deepStrictEqual } from 'node:assert';
import { decodeHeartRateMeasurement } from 'liveheartrate';
import { median } from '../statistics.mjs';
import { mixedPackets } from './packets.mjs';
import { decodeBytes, decodeView } from './tight-loop.mjs';

const WARM_UP = 10;
const ROUNDS = 61;
const REPEATS = 25;

const packets = mixedPackets();
const result =
  process.argv[2] === 'view'
    ? compare(
        packets.map((bytes) => new DataView(bytes.buffer)),
        decodeView,
      )
    : compare(packets, decodeBytes);
console.log(JSON.stringify(result));

/**
 * @template {Uint8Array | DataView} Packet
 * @param {readonly Packet[]} inputs
 * @param {(packet: Packet) => import('liveheartrate').HeartRateMeasurement} tightLoop
 */
function compare(inputs, tightLoop) {
  for (const input of inputs) deepStrictEqual(decodeHeartRateMeasurement(input), tightLoop(input));
  const ours = timer(decodeHeartRateMeasurement);
  const theirs = timer(tightLoop);
  const rounds = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const times = round % 2 ? [ours(inputs), theirs(inputs)] : [theirs(inputs), ours(inputs)].toReversed();
    if (round >= 0) rounds.push(/** @type {[number, number]} */ (times));
  }
  return {
    ours: median(rounds.map(([ours]) => ours)),
    tightLoop: median(rounds.map(([, tightLoop]) => tightLoop)),
    // Of rounds one after the other, so that what else the machine does is in both.
    ratio: median(rounds.map(([ours, tightLoop]) => ours / tightLoop)),
  };
}

/**
 * A loop of its own for each decoder, which the compiler then knows to call this one alone.
 * @template Packet
 * @param {(packet: Packet) => import('liveheartrate').HeartRateMeasurement} decode
 * @returns {(inputs: readonly Packet[]) => number} nanoseconds for each packet
 */
function timer(decode) {
  const loop = new Function(
    'decode',
    'inputs',
    'sink',
    `let sum = 0;
    for (let repeat = 0; repeat < ${REPEATS}; repeat++)
      for (let at = 0; at < inputs.length; at++) {
        const measurement = decode(inputs[at]);
        // Handed on, as a user's is: one that nobody else can see would not have to be made.
        sink.measurement = measurement;
        const { heartRate, sensorContact, energyExpended, rrIntervals } = measurement;
        sum += heartRate + (sensorContact ? 1 : 0) + (energyExpended ?? 0);
        for (let i = 0; i < rrIntervals.length; i++) sum += rrIntervals[i];
      }
    return sum;`,
  );
  const sink = {};
  let expected = Number.NaN;
  return (inputs) => {
    const start = process.hrtime.bigint();
    const sum = loop(decode, inputs, sink);
    const time = Number(process.hrtime.bigint() - start);
    // All that is decoded is used, so that none of it can be left out.
    if (Number.isNaN(expected)) expected = sum;
    if (sum !== expected) throw new Error('The same packets were decoded differently.');
    return time / REPEATS / inputs.length;
  };
}
