import { nobleSuite } from './noble-suite.js';

// Without it this fork drops, with Bluetooth 5, the services of every device that answers its scan.
process.env.NOBLE_REPORT_ALL_HCI_EVENTS = '1';

nobleSuite('@abandonware/noble', { extended: true });
