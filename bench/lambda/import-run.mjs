// Times the import of a bundle in a process of its own, and how long it takes until an empty event is handled: its file.
import { pathToFileURL } from 'node:url';

const file = pathToFileURL(process.argv[2] ?? '').href;
const start = performance.now();
const { handler } = await import(file);
const imported = performance.now() - start;
await handler?.({ Records: [] });
console.log(JSON.stringify({ imported, ready: performance.now() - start }));
process.exit();
