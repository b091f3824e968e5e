import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { estimate } from 'liveheartrate-constructs';
import { ANSWER, invocationSeconds } from 'liveheartrate-constructs/lib/sizing/indexer.js';
import { INDEXED_PER_PROCESSOR, NODES, SMALL_NODE } from 'liveheartrate-constructs/lib/sizing/nodes.js';
import { PRICES_OF } from 'liveheartrate-constructs/lib/sizing/prices.js';
import { PLANNED } from 'liveheartrate-constructs/lib/sizing/stream.js';
import { WIRE_BYTES, workloadOf } from 'liveheartrate-constructs/lib/sizing/workload.js';
import { expect, it } from 'vitest';
import { drawCostAndScale } from '../../bench/sizing/cost-and-scale.mjs';
import { type Simulated, simulateFleet } from '../../bench/sizing/fleets.mjs';
import { simulate } from '../../bench/sizing/simulate.mjs';
import { fill, tablesOf } from '../../bench/sizing/tables.mjs';
import { serializeSample } from '../../src/index.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const guide = read('docs/cost-and-scale.md');
const simulated: Simulated[] = JSON.parse(read('bench/sizing/simulated.json'));
const packDelay = Duration.seconds(10);

// Where one of these is out of date, `node bench/sizing/docs-run.mjs` writes it anew.
it('has the tables that the formulas and the simulation give', () => {
  const tables = tablesOf(estimate, packDelay, simulated);
  expect(Object.keys(tables).filter((name) => !guide.includes(`<!-- ${name} -->`))).toEqual([]);
  expect(guide).toBe(fill(guide, tables));
});

it('has their curves', () => {
  expect(read('docs/cost-and-scale.svg')).toBe(drawCostAndScale(estimate, packDelay, simulated));
});

const sizing = {
  ...{ estimate, workloadOf, invocationSeconds, ANSWER },
  ...{ NODES, SMALL_NODE, INDEXED_PER_PROCESSOR },
};

it('has what the simulation still says', () => {
  const small = simulated.filter(({ wearers }) => wearers <= 10_000);
  expect(small.map(({ wearers }) => simulateFleet(sizing, wearers))).toEqual(small);
});

it('would not do with half of the shards, nor of the nodes where they are there to work', () => {
  expect(simulate({ sizing, props: { wearers: 3_000 }, shards: 0.5 }).growth).toBeGreaterThan(5);
  const working = { wearers: 10_000, retention: Duration.days(1) };
  expect(simulate({ sizing, props: working }).growth).toBeLessThan(0.5);
  expect(simulate({ sizing, props: working, nodes: 0.5 }).growth).toBeGreaterThan(5);
});

it('names the assumptions that the formulas are made with', () => {
  expect(guide).toContain(`of ${PRICES_OF}`);
  expect(guide).toContain(`planned to ${PLANNED * 100} %`);
  expect(guide).toContain(`indexes ${INDEXED_PER_PROCESSOR.toLocaleString('en-US')} documents a second`);
  expect(guide).toContain(`the ${Math.round(ANSWER * 1e6)} µs after`);
  expect(guide).toContain(`a sample has ${WIRE_BYTES} bytes`);
});

it('takes a sample of a strap for as large as it is', () => {
  const line = serializeSample({
    timestamp: new Date('2026-11-23T10:00:00.550Z'),
    heartRate: 67,
    rrIntervals: [916.9921875],
    sensorContact: true,
    sensor: { id: 'e3:8e:76:e0:90:6f', name: 'Polar H10 80009AAB' },
    session: '59d7c1f4-b691-43e8-803b-16c6fbebbe47',
    sequence: 1_000,
  });
  expect(Math.abs(line.length - WIRE_BYTES)).toBeLessThan(10);
});
