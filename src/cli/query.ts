import { type Command, InvalidArgumentError as Misused } from 'commander';
import { InvalidArgumentError, MissingDependencyError } from '../errors.js';
import { type SessionInIndex, summarize, summarizeSessions } from '../opensearch/summarize.js';
import type { SessionSummary } from '../sample/index.js';
import { nameOf } from './describe.js';
import { nonEmpty } from './options.js';
import { note, print } from './print.js';
import { readDuration, readSpan } from './span.js';
import { isZone, localTime, machineZone } from './zone.js';

interface QueryCommandOptions {
  readonly last?: number;
  readonly between?: readonly string[];
  readonly tz?: string;
  readonly session?: string;
  readonly sessions?: true;
  readonly opensearch?: string;
  readonly index?: string;
  readonly json?: true;
}

const TIMES = `
A and B are times such as 2026-11-23T10:00, 2026-11-23T10:00:00Z or 2026-11-23; A counts, B no more. Without Z or an
offset such as +01:00 they are meant, and all are shown, in the time zone of this machine, or that of --tz. A time that
clocks show twice, when they are put back, is the first; one that they skip counts on from before the change. A day of
--last is 24 hours. A rate of 0 is no beat and takes no part in the rates.`;

/** `liveheartrate query`: what OpenSearch has of a span of time. */
export function queryCommand(program: Command): void {
  program
    .command('query')
    .description('show maximum, minimum, their difference and mean of the heart rate in a span of time')
    .option('--last <duration>', 'up to now: 30s, 15m, 2h, 7d', duration)
    .option('--between <time...>', 'from A to B: two times')
    .option('--tz <zone>', 'time zone, such as Europe/Berlin (default: that of this machine)', zone)
    .option('--session <id>', 'of this session alone', nonEmpty)
    .option('--sessions', 'each session by itself')
    .option('--opensearch <url>', 'OpenSearch to ask (default: OPENSEARCH_ENDPOINT in the environment)')
    .option(
      '--index <name>',
      'its index (default: OPENSEARCH_INDEX in the environment, or heart_rate)',
      nonEmpty,
    )
    .option('--json', 'write JSON, one object a line')
    .addHelpText('after', TIMES)
    .action(showAnswer);
}

async function showAnswer(options: QueryCommandOptions): Promise<void> {
  const { tz = machineZone(), session, json } = options;
  const { from, to } = readSpan(options, tz);
  const client = await openSearch(options.opensearch || process.env.OPENSEARCH_ENDPOINT);
  const question = {
    index: options.index ?? (process.env.OPENSEARCH_INDEX || 'heart_rate'),
    from,
    to,
    session,
  };
  const time = (instant: Date | null) => (instant ? localTime(instant, tz) : '–');
  const heading = `${time(from)} to ${time(to)}, ${tz}`;

  if (!options.sessions) {
    const summary = await summarize(client, question);
    if (json) print(JSON.stringify({ from, to, ...(session !== undefined && { session }), ...summary }));
    else for (const line of [heading, ...describeSummary(summary, time)]) print(line);
    return;
  }
  const { sessions, complete } = await summarizeSessions(client, question);
  if (json) for (const each of sessions) print(JSON.stringify(each));
  else for (const line of [heading, ...describeSessions(sessions, time)]) print(line);
  if (!complete) note(`There are more than these ${sessions.length} sessions: ask for a shorter span.`);
}

/** Only a question needs the client. */
async function openSearch(endpoint: string | undefined) {
  if (!endpoint) {
    throw new InvalidArgumentError('Say which OpenSearch: --opensearch https://…, or OPENSEARCH_ENDPOINT.');
  }
  const { openSearchClient } = await import('../opensearch/client.js').catch((cause: unknown) => {
    throw new MissingDependencyError(
      'Questions need the OpenSearch client: npm install @opensearch-project/opensearch',
      { cause },
    );
  });
  return openSearchClient({ endpoint });
}

type Time = (instant: Date | null) => string;

function describeSummary(summary: SessionSummary, time: Time): string[] {
  const { samples, first, last, maximum, minimum, difference } = summary;
  const lines = [
    ['samples', String(samples)],
    ['first', time(first)],
    ['last', time(last)],
    ['maximum', bpm(maximum)],
    ['minimum', bpm(minimum)],
    ['difference', bpm(difference)],
    ['mean', bpm(mean(summary))],
  ];
  return lines.map(([name = '', value]) => `${name.padEnd(12)}${value}`);
}

function describeSessions(sessions: readonly SessionInIndex[], time: Time): string[] {
  const rows = sessions.map((each) => [
    nameOf({ name: each.session ?? '(no session)' }),
    each.sensor === null ? '' : nameOf({ name: each.sensor }),
    time(each.first),
    time(each.last),
    ...[each.samples, each.maximum, each.minimum, each.difference, mean(each)].map((value) => value ?? '–'),
  ]);
  const table = [['session', 'sensor', 'first', 'last', 'samples', 'max', 'min', 'diff', 'mean'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => String(row[column]).length))) ?? [];
  // Numbers stand to the right.
  const cell = (value: unknown, column: number) =>
    column < 4 ? String(value).padEnd(widths[column] ?? 0) : String(value).padStart(widths[column] ?? 0);
  return table.map((row) => row.map(cell).join('  ').trimEnd());
}

const mean = ({ mean: value }: SessionSummary) => value?.toFixed(1) ?? null;
const bpm = (value: number | string | null) => (value === null ? '–' : `${value} bpm`);

function duration(text: string): number {
  try {
    return readDuration(text);
  } catch (error) {
    throw new Misused((error as Error).message);
  }
}

function zone(text: string): string {
  if (isZone(text)) return text;
  throw new Misused('It must be the name of a time zone, such as Europe/Berlin or UTC.');
}
