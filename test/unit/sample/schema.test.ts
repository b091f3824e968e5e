import { describe, expect, it } from 'vitest';
import {
  indexMapping,
  sampleSchema,
  serializeSample,
  summaryQuery,
  tableColumns,
} from '../../../src/sample/index.js';
import { sampleOf } from '../../support/samples.js';

describe('the one schema', () => {
  const full = sampleOf(0, { energyExpended: 1, sensorContact: true });
  const fields = Object.keys(JSON.parse(serializeSample(full)) as object);

  it('has exactly the fields of the wire format, in their order', () => {
    expect(sampleSchema.map(({ name }) => name)).toEqual(fields);
  });

  it('gives each store a type for every field', () => {
    expect(Object.keys(indexMapping().properties)).toEqual(fields);
    expect(tableColumns().map(({ name }) => name)).toEqual(fields);
    expect(tableColumns('duckdb').map(({ name }) => name)).toEqual(fields);
  });

  it('keeps the types that other tools rely on', () => {
    expect(indexMapping()).toMatchInlineSnapshot(`
      {
        "dynamic": false,
        "properties": {
          "energy_expended": {
            "type": "integer",
          },
          "heart_rate": {
            "type": "integer",
          },
          "rr_intervals": {
            "type": "float",
          },
          "sensor_contact": {
            "type": "boolean",
          },
          "sensor_id": {
            "type": "keyword",
          },
          "sensor_name": {
            "type": "keyword",
          },
          "sequence": {
            "type": "long",
          },
          "session_id": {
            "type": "keyword",
          },
          "timestamp": {
            "type": "date",
          },
        },
      }
    `);
    expect(tableColumns().map(({ type }) => type)).toEqual([
      'timestamp',
      'int',
      'array<double>',
      'int',
      'boolean',
      'string',
      'string',
      'string',
      'bigint',
    ]);
  });

  it('is what the summary asks for', () => {
    const words = summaryQuery('rides').match(/\b(timestamp|heart_rate|session_id)\b/g);
    expect(new Set(words)).toEqual(new Set(['timestamp', 'heart_rate', 'session_id']));
  });
});
