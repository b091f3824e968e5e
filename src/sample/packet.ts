/** Where a sample keeps its packet. Registered, so that the ES and the CommonJS build mean the same. */
export const PACKET: unique symbol = Symbol.for('liveheartrate.packet');

/**
 * The bytes a sample was decoded from. They go along where a sample is copied by spreading, and stay out of its JSON.
 *
 * @param sample - Any sample.
 * @returns The whole packet (0x2A37), or `undefined` where the sample was not decoded here, or read from storage.
 *
 * @example
 * ```ts
 * import { firstValueFrom } from 'rxjs';
 * import { decodeHeartRateMeasurement, heartRate, packetOf } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const sample = await firstValueFrom(heartRate(simulatedCentral({ speed: 100 })));
 * const packet = packetOf(sample);
 * packet && decodeHeartRateMeasurement(packet).heartRate === sample.heartRate; // => true
 * ```
 */
export function packetOf(sample: { readonly [PACKET]?: Uint8Array | undefined }): Uint8Array | undefined {
  return sample[PACKET];
}
