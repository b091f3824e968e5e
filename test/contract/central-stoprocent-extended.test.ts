import { nobleSuite } from './noble-suite.js';

nobleSuite('@stoprocent/noble', { extended: true, nameInScanResponse: true });
