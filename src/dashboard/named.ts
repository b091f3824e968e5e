import type { SensorIdentity } from '../sample/index.js';

/** A sensor in the words of the wire format. */
export const named = ({ id, name }: SensorIdentity) => ({
  sensor_id: id.toWellFormed(),
  ...(name !== undefined && { sensor_name: name.toWellFormed() }),
});
