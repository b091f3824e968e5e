import { nobleAdapterSuite } from './noble-adapter-suite.js';

nobleAdapterSuite('@stoprocent/noble');
