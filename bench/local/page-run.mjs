// The page with an hour of 50 sensors, at the pace of straps and at ten times that: node bench/local/page-run.mjs
import { withFolder } from '../folder.mjs';
import { measurePage } from './page.mjs';

const figures = await withFolder((folder) => measurePage(folder, { paces: [1, 10], seconds: 30 }));
console.log(JSON.stringify(figures, null, 2));
