import { nobleSmoke } from '../support/strap/noble-smoke.ts';

nobleSmoke('@stoprocent/noble');
