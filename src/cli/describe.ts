import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import type { SensorStatus } from '../sensor/index.js';
import type { Colour, Paint } from './colour.js';

/** A sample for people: a rate of 0 is none. */
export function describeSample(sample: HeartRateSample): string {
  const { heartRate, rrIntervals, sensorContact, sensor } = sample;
  const parts = [
    heartRate === 0 ? '♥ no beat' : `♥ ${heartRate} bpm`.padEnd(9),
    ...(rrIntervals.length > 0 ? [`RR ${rrIntervals.map(Math.round).join(' ')} ms`] : []),
    ...(sensorContact === false ? ['no skin contact'] : []),
    nameOf(sensor),
  ];
  return parts.join('   ');
}

const colours: Partial<Record<SensorStatus['state'], Colour>> = {
  live: 'green',
  silent: 'yellow',
  reconnecting: 'yellow',
};
const plain: Paint = (_, text) => text;

/** A status for people. */
export function describeStatus(status: SensorStatus, sensor?: SensorIdentity, paint = plain): string {
  const whose = sensor ?? ('sensor' in status ? status.sensor : undefined);
  const attempt = status.state === 'reconnecting' ? ` (attempt ${status.attempt})` : '';
  const state = paint(colours[status.state] ?? 'dim', status.state);
  return `${whose ? `${nameOf(whose)}: ` : ''}${state}${attempt}: ${status.reason}`;
}

/** Not its id: that may be an address, and this may go to a log. */
export const nameOf = ({ name = '(no name)' }: { readonly name?: string | undefined }) =>
  // What a device calls itself must not steer a terminal.
  name.replace(/[\p{Cc}\p{Cf}]/gu, '�');
