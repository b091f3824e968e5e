import { nobleSuite } from './noble-suite.js';

nobleSuite('@abandonware/noble', { fragment: 5 });
