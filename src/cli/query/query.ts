import { InvalidArgumentError } from '../../errors.js';
import { print } from '../print.js';
import { readSpan, type Span } from '../span.js';
import { localTime, machineZone } from '../zone.js';
import type { Answer } from './answer.js';
import { askOpenSearch } from './ask-opensearch.js';
import { checkSource, withSource } from './open-source.js';
import type { ArchiveCommandOptions, Format } from './options.js';
import { askSessions, askSummary, askZones } from './questions.js';
import { summaryLines } from './summary.js';
import { work } from './work.js';
import { writeAnswer } from './write.js';

export interface QueryCommandOptions extends ArchiveCommandOptions {
  readonly sessions?: true;
  readonly zones?: true | readonly number[];
  readonly output?: string;
  readonly opensearch?: string;
  readonly index?: string;
  readonly format?: Format;
  readonly json?: true;
}

/** Asks, and shows the answer. */
export async function query(sql: string | undefined, options: QueryCommandOptions): Promise<void> {
  const { archive, athena, opensearch, tz = machineZone(), session } = options;
  checkSource({ archive, athena, opensearch }, options);
  checkQuestion(sql, options);
  const named = archive !== undefined || athena;
  const endpoint = opensearch ?? (named ? undefined : process.env.OPENSEARCH_ENDPOINT || undefined);
  if (endpoint !== undefined && (sql !== undefined || options.zones)) {
    throw new InvalidArgumentError(
      'OpenSearch answers neither SQL nor --zones: name an archive, --archive FOLDER or --athena.',
    );
  }
  const whenever = options.last === undefined && options.between === undefined;
  // What OpenSearch forgets it has of no time, so it is asked of one.
  const span = whenever && endpoint === undefined ? undefined : readSpan(options, tz);

  await work(options.timeout, async (during) => {
    const show = (answer: Answer) => showAnswer(answer, sql, span, tz, options, during.signal);
    if (endpoint !== undefined && span) {
      const index = options.index ?? (process.env.OPENSEARCH_INDEX || 'heart_rate');
      const sessions = options.sessions === true;
      await show(await askOpenSearch({ endpoint, index, span, session, sessions }));
      return;
    }
    await withSource(options, during, async (source) => {
      const asked = { span, session };
      if (sql !== undefined) await show(await source.ask(sql, []));
      else if (options.sessions) await show(await askSessions(source, asked));
      else if (options.zones) await show(await askZones(source, asked, bounds(options.zones)));
      else await show(await askSummary(source, asked));
    });
  });
}

function checkQuestion(sql: string | undefined, options: QueryCommandOptions): void {
  const { last, between, session, sessions, zones: asked, json, format } = options;
  const more = [last, between, session, sessions, asked].some((each) => each !== undefined);
  if (sql !== undefined && more) {
    throw new InvalidArgumentError(
      'SQL says itself what it is about: leave --last, --between, --session, --sessions and --zones out.',
    );
  }
  if (sessions && asked) throw new InvalidArgumentError('Say one of --sessions and --zones.');
  if (json && format !== undefined && format !== 'json') {
    throw new InvalidArgumentError('--json is short for --format json: say one of them.');
  }
}

async function showAnswer(
  answer: Answer,
  sql: string | undefined,
  span: Span | undefined,
  zone: string,
  options: QueryCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  const format = options.json ? 'json' : (options.format ?? 'table');
  const ours = sql === undefined;
  if (ours && format === 'table') {
    const time = (instant: Date) => localTime(instant, zone);
    print(`${span ? `${time(span.from)} to ${time(span.to)}` : 'All there is'}, ${zone}`);
    if (!options.sessions && !options.zones) {
      for (const line of await summaryLines(answer, zone)) print(line);
      return;
    }
  }
  await writeAnswer(answer, { format, zone, ours, signal });
}

const bounds = (asked: true | readonly number[]) => (asked === true ? undefined : asked);
