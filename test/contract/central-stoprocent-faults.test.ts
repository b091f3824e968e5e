import { nobleFaultsSuite } from './noble-faults-suite.js';

nobleFaultsSuite('@stoprocent/noble');
