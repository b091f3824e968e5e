import { nobleFaultsSuite } from './noble-faults-suite.js';

nobleFaultsSuite('@abandonware/noble');
