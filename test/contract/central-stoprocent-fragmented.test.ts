import { nobleSuite } from './noble-suite.js';

nobleSuite('@stoprocent/noble', { fragment: 5 });
