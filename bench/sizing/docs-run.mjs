// `node bench/sizing/docs-run.mjs` writes the tables and curves of docs/cost-and-scale.md, of a simulation that it runs.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { drawCostAndScale } from './cost-and-scale.mjs';
import { FLEETS, simulateFleet } from './fleets.mjs';
import { loadSizing } from './load.mjs';
import { fill, tablesOf } from './tables.mjs';

const { Duration } = createRequire(import.meta.url)('aws-cdk-lib');
const sizing = await loadSizing();
const simulated = FLEETS.map((wearers) => simulateFleet(sizing, wearers));
writeFileSync(new URL('simulated.json', import.meta.url), `${JSON.stringify(simulated, null, 2)}\n`);

const packDelay = Duration.seconds(10);
const folder = new URL('../../docs/', import.meta.url);
const guide = new URL('cost-and-scale.md', folder);
const tables = tablesOf(sizing.estimate, packDelay, simulated);
writeFileSync(guide, fill(readFileSync(guide, 'utf8'), tables));
const curves = drawCostAndScale(sizing.estimate, packDelay, simulated);
writeFileSync(new URL('cost-and-scale.svg', folder), curves);
