import { expect, it } from 'vitest';
import { characteristicName, serviceName } from '../../../src/profile/assigned-names.js';

it.each([
  ['1800', 'Generic Access'],
  ['180a', 'Device Information'],
  ['180d', 'Heart Rate'],
  ['180f', 'Battery'],
  ['1826', 'Fitness Machine'],
  ['180b', undefined],
  ['2a37', undefined],
  ['17ff', undefined],
  ['fb005c80-02e7-f387-1cad-8acd2d8df0c8', undefined],
])('the service %s is %s', (uuid, name) => {
  expect(serviceName(uuid)).toBe(name);
});

it.each([
  ['2a00', 'Device Name'],
  ['2a19', 'Battery Level'],
  ['2a29', 'Manufacturer Name String'],
  ['2a37', 'Heart Rate Measurement'],
  ['2a38', 'Body Sensor Location'],
  ['2a39', 'Heart Rate Control Point'],
  ['2a53', 'RSC Measurement'],
  ['2a63', 'Cycling Power Measurement'],
  ['2ad2', 'Indoor Bike Data'],
  ['180d', undefined],
  ['ffff', undefined],
  ['0000180d-0000-1000-8000-00805f9b34fc', undefined],
])('the characteristic %s is %s', (uuid, name) => {
  expect(characteristicName(uuid)).toBe(name);
});
