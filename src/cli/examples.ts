import type { Command } from 'commander';

/** Lines to copy, and what they do, for the help of each command. */
const examples: Readonly<Record<string, readonly (readonly [line: string, what: string])[]>> = {
  scan: [
    ['liveheartrate scan', 'the straps and watches around'],
    ['liveheartrate scan --all --seconds 30', 'every Bluetooth LE device'],
    ['liveheartrate scan --simulated 3 --json', 'without hardware, for a program'],
  ],
  inspect: [
    ['liveheartrate inspect', 'the strongest strap around'],
    ['liveheartrate inspect --name polar', 'one by a part of its name'],
  ],
  stream: [
    ['liveheartrate stream', 'the strongest strap around'],
    ['liveheartrate stream --simulated 1', 'without hardware'],
    ['liveheartrate stream --name polar --record ride.jsonl', 'one by its name, recorded'],
    ['liveheartrate stream --all --json', 'every strap around, for a program'],
    [
      'liveheartrate stream --kinesis rides --spool ~/.liveheartrate',
      'to AWS; nothing is lost while it is away',
    ],
    ['liveheartrate stream --firehose rides --file today.jsonl', 'to two places at once'],
  ],
  replay: [
    ['liveheartrate replay ride.jsonl', 'as it came'],
    ['liveheartrate replay ride.jsonl --speed max --json', 'as fast as it can be read, for a program'],
    ['liveheartrate replay ride.jsonl --speed max --kinesis rides', 'deliver it once more'],
  ],
  doctor: [
    ['liveheartrate doctor', 'what is well here, and what to do'],
    ['liveheartrate doctor --json', 'for a program'],
  ],
  query: [
    ['liveheartrate query --sessions', 'each session of the archive'],
    ['liveheartrate query --last 7d --zones --tz Europe/Berlin', 'the time in each zone'],
    [
      "liveheartrate query 'SELECT day, max(heart_rate) FROM heart_rate GROUP BY day' --format csv",
      'anything, in SQL',
    ],
    ['liveheartrate query --athena --database health --last 30d --sessions', 'the archive in AWS'],
    ['liveheartrate query --opensearch http://localhost:9200 --last 15m', 'what OpenSearch has'],
  ],
  plot: [
    ['liveheartrate plot --output last.svg', 'the last session'],
    ['liveheartrate plot --last 2h --tz Europe/Berlin --output ride.png', 'the last two hours'],
    ['liveheartrate plot --output - | less', 'the last session, on the standard output'],
  ],
  demo: [
    ['liveheartrate demo', 'a simulated strap, until Ctrl-C'],
    ['liveheartrate demo --sensors 8 --speed 10', 'eight of them, ten times as fast'],
    ['liveheartrate demo --ble --name polar', 'straps around, by Bluetooth'],
    ['liveheartrate demo --replay ride.jsonl', 'what stream --record has written'],
    ['liveheartrate demo --opensearch http://localhost:9200', 'indexed in OpenSearch'],
    ['liveheartrate demo --host 0.0.0.0', 'for others in this network, with a token'],
  ],
  completion: [['liveheartrate completion bash', 'what Bash has to read']],
};

/** Shows them below the help of a command. */
export function addExamples(command: Command): void {
  const lines = examples[command.name()];
  if (!lines) return;
  const width = Math.max(...lines.map(([line]) => line.length));
  const rows = lines.map(([line, what]) => `  $ ${line.padEnd(width)}   # ${what}`);
  command.addHelpText('after', ['', 'Examples:', ...rows].join('\n'));
}
