import { nobleChaosSuite } from './noble-chaos-suite.js';

nobleChaosSuite('@stoprocent/noble');
