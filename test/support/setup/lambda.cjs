// Starts a bundled function as Lambda does, for one event: `node lambda.cjs FILE EVENT MILLISECONDS`.
const [file = '', event = '', milliseconds] = process.argv.slice(2);
const end = Date.now() + Number(milliseconds);
require(file)
  .handler(JSON.parse(event), { getRemainingTimeInMillis: () => end - Date.now() })
  .then((/** @type {unknown} */ answer) => console.log(`\nANSWER ${JSON.stringify(answer ?? null)}`));
