import { uuids } from '../profile/index.js';
import {
  CharacteristicNotFoundError,
  type CharacteristicProperty,
  type GattCharacteristic,
  GattOperationError,
  type GattService,
} from '../sensor/index.js';

/** What every simulated sensor has. */
export const services: readonly GattService[] = [
  {
    uuid: uuids.heartRate,
    characteristics: [
      { uuid: uuids.heartRateMeasurement, properties: ['notify'] },
      { uuid: uuids.bodySensorLocation, properties: ['read'] },
      { uuid: uuids.heartRateControlPoint, properties: ['write'] },
    ],
  },
  {
    uuid: uuids.battery,
    characteristics: [{ uuid: uuids.batteryLevel, properties: ['read', 'notify'] }],
  },
  {
    uuid: uuids.deviceInformation,
    characteristics: [
      uuids.manufacturerName,
      uuids.modelNumber,
      uuids.serialNumber,
      uuids.firmwareRevision,
      uuids.hardwareRevision,
      uuids.softwareRevision,
    ].map((uuid): GattCharacteristic => ({ uuid, properties: ['read'] })),
  },
];

/**
 * Makes sure that a simulated sensor has a characteristic with which this may be done.
 * Throws a {@link CharacteristicNotFoundError} or a {@link GattOperationError}.
 */
export function checkAllowed(
  service: string,
  characteristic: string,
  property: CharacteristicProperty,
): void {
  const found = services
    .find(({ uuid }) => uuid === service)
    ?.characteristics.find(({ uuid }) => uuid === characteristic);
  if (found === undefined) throw new CharacteristicNotFoundError(service, characteristic);
  if (found.properties.includes(property)) return;
  throw new GattOperationError(
    `The characteristic ${characteristic} does not allow ${property}, only ${found.properties.join(' and ')}.`,
  );
}

const text = /* @__PURE__ */ new TextEncoder();
/** What the Device Information Service tells of every sensor. */
const information: Readonly<Record<string, string>> = {
  [uuids.manufacturerName]: 'liveheartrate',
  [uuids.modelNumber]: 'Simulated strap',
  [uuids.firmwareRevision]: '1.0.0',
  [uuids.hardwareRevision]: '1',
  [uuids.softwareRevision]: '1.0.0',
};

/** What a sensor tells of itself; the serial number alone is its own. */
export function informationOf(characteristic: string, number: number): Uint8Array {
  return text.encode(information[characteristic] ?? `SIM-${number}`);
}
