import { nobleChaosSuite } from './noble-chaos-suite.js';

nobleChaosSuite('@abandonware/noble');
