import { describe, expect, it } from 'vitest';
import { LiveHeartRateError } from '../../../src/errors.js';
import * as sensor from '../../../src/sensor/index.js';

const cause = new Error('below');

describe('the errors of a sensor', () => {
  it.each([
    [
      new sensor.BluetoothUnavailableError('m', { cause }),
      'BluetoothUnavailableError',
      'BLUETOOTH_UNAVAILABLE',
      false,
    ],
    [
      new sensor.BluetoothUnavailableError('m', { cause, code: 'BLUETOOTH_OFF' }),
      'BluetoothUnavailableError',
      'BLUETOOTH_OFF',
      false,
    ],
    [
      new sensor.BluetoothUnavailableError('m', { cause, retriable: true }),
      'BluetoothUnavailableError',
      'BLUETOOTH_UNAVAILABLE',
      true,
    ],
    [
      new sensor.SensorDisconnectedError('m', { cause }),
      'SensorDisconnectedError',
      'SENSOR_DISCONNECTED',
      true,
    ],
    [new sensor.GattOperationError('m', { cause }), 'GattOperationError', 'GATT_OPERATION_FAILED', true],
    [
      new sensor.NotAHeartRateSensorError({ cause }),
      'NotAHeartRateSensorError',
      'NOT_A_HEART_RATE_SENSOR',
      false,
    ],
  ])('%s keeps the error below', (error, name, code, retriable) => {
    expect(error).toBeInstanceOf(LiveHeartRateError);
    expect(error).toMatchObject({ name, code, retriable, cause });
  });

  it.each([
    [new sensor.BluetoothUnavailableError('m'), 'BLUETOOTH_UNAVAILABLE', false],
    [new sensor.SensorNotFoundError('m'), 'SENSOR_NOT_FOUND', false],
    [new sensor.SensorNotConnectableError('m'), 'SENSOR_NOT_CONNECTABLE', false],
    [new sensor.SensorDisconnectedError('m'), 'SENSOR_DISCONNECTED', true],
    [new sensor.SensorTimeoutError('m'), 'SENSOR_TIMEOUT', true],
    [new sensor.GattOperationError('m'), 'GATT_OPERATION_FAILED', true],
  ])('%s says what happened', (error, code, retriable) => {
    expect(error).toMatchObject({ message: 'm', code, retriable });
    expect(error).not.toHaveProperty('cause');
  });

  it('says what is missing, and what to do with a watch', () => {
    expect(new sensor.CharacteristicNotFoundError('180d', '2a37')).toMatchObject({
      code: 'CHARACTERISTIC_NOT_FOUND',
      message: 'The device has no characteristic 2a37 in a service 180d.',
    });
    expect(new sensor.NotAHeartRateSensorError().message).toContain('broadcast mode');
  });
});
