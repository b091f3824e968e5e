import { catchError, concatMap, EMPTY, from, map, type Observable, reduce } from 'rxjs';
import { uuids } from '../profile/index.js';
import type { Connection } from './central.js';
import { CharacteristicNotFoundError, GattOperationError } from './errors.js';
import { inTime } from './link.js';

/** What a device says of itself (Device Information Service 1.1, section 3); what it does not say is absent. */
export interface DeviceInformation {
  /** Who made it. */
  readonly manufacturer?: string;
  /** Which model. */
  readonly model?: string;
  /** Which one of them. */
  readonly serial?: string;
  /** Revision of the firmware. */
  readonly firmware?: string;
  /** Revision of the hardware. */
  readonly hardware?: string;
  /** Revision of the software. */
  readonly software?: string;
}

const informations = {
  manufacturer: 'manufacturerName',
  model: 'modelNumber',
  serial: 'serialNumber',
  firmware: 'firmwareRevision',
  hardware: 'hardwareRevision',
  software: 'softwareRevision',
} as const;

/** Asks a device for all of it; what it lacks, or refuses, is left out. */
export function readInformation(connection: Connection): Observable<DeviceInformation> {
  return from(Object.entries(informations)).pipe(
    concatMap(([key, name]) =>
      inTime(connection.read(uuids.deviceInformation, uuids[name]), 'a read').pipe(
        map((bytes) => [key, utf8.decode(bytes).replace(/\0+$/, '')] as const),
        catchError((error: unknown) => {
          if (error instanceof CharacteristicNotFoundError || error instanceof GattOperationError)
            return EMPTY;
          throw error;
        }),
      ),
    ),
    reduce((known, [key, text]) => ({ ...known, [key]: text }), {} as DeviceInformation),
  );
}

const utf8 = /* @__PURE__ */ new TextDecoder();
