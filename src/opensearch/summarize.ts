import { InvalidArgumentError } from '../errors.js';
import type { SessionSummary } from '../sample/index.js';
import { ask, type TransportClient } from './ask.js';
import { IndexUnavailableError } from './errors.js';

/** Which samples a question is about. */
export interface IndexSpan {
  /** Name of the index, or of the alias of its parts. Default `heart_rate`. */
  readonly index?: string;
  /** The first instant that counts. */
  readonly from: Date;
  /** The first instant after it that counts no more. */
  readonly to: Date;
  /** Only the samples of this session. Default: those of all, and of none. */
  readonly session?: string | undefined;
}

/** What there is of one session. */
export interface SessionInIndex extends SessionSummary {
  /** The session; `null` for the samples that name none, as those of older producers. */
  readonly session: string | null;
  /** The name of its sensor, where one is known. */
  readonly sensor: string | null;
}

/** The sessions of a span. */
export interface SessionsInIndex {
  /** Each of them, by its first sample in the span. */
  readonly sessions: readonly SessionInIndex[];
  /** Whether these are all; `false` where there are more than the limit. */
  readonly complete: boolean;
}

/** What OpenSearch answers to {@link RATES}. */
interface Rates {
  readonly first: { readonly value: number | null };
  readonly last: { readonly value: number | null };
  readonly beating: { readonly rate: Record<'max' | 'min' | 'avg', number | null> };
}
/** A rate of 0 is none. */
const RATES = {
  first: { min: { field: 'timestamp' } },
  last: { max: { field: 'timestamp' } },
  beating: {
    filter: { range: { heart_rate: { gt: 0 } } },
    aggs: { rate: { stats: { field: 'heart_rate' } } },
  },
};
/** So many sessions are asked for at once. */
const PAGE = 500;

/**
 * Sums up the samples of a span of time, as the archive sums up a session. Asked of an index that does not exist, it
 * answers that there are none.
 *
 * @param client - The OpenSearch client.
 * @param span - From when (inclusive) to when (exclusive), and of which index or session.
 * @returns Count, first and last time, and rates.
 * @throws `InvalidArgumentError` where the span ends before it begins.
 * @throws {@link IndexUnavailableError} where OpenSearch cannot be reached, or cannot answer for all of the samples.
 *
 * @example
 * ```ts no-run
 * import { openSearchClient, summarize } from 'liveheartrate/opensearch';
 *
 * const to = new Date();
 * const from = new Date(to.getTime() - 15 * 60_000);
 * const { maximum, minimum, mean } = await summarize(openSearchClient(), { from, to });
 * console.log(maximum, minimum, mean);
 * ```
 */
export async function summarize(client: TransportClient, span: IndexSpan): Promise<SessionSummary> {
  const { hits, aggregations } = await search<Rates>(client, span, RATES, true);
  return summaryOf(hits?.total.value ?? 0, aggregations);
}

/**
 * Sums up each session of a span of time by itself. A session counts with its samples in the span.
 *
 * @param client - The OpenSearch client.
 * @param span - From when (inclusive) to when (exclusive), and of which index or session.
 * @param limit - How many sessions at most. Default 10,000.
 * @returns The sessions, and whether these are all.
 * @throws `InvalidArgumentError` where the span ends before it begins, or the limit is no whole number from 1.
 * @throws {@link IndexUnavailableError} where OpenSearch cannot be reached, or cannot answer for all of the samples.
 *
 * @example
 * ```ts no-run
 * import { openSearchClient, summarizeSessions } from 'liveheartrate/opensearch';
 *
 * const to = new Date();
 * const from = new Date(to.getTime() - 24 * 60 * 60_000);
 * const { sessions } = await summarizeSessions(openSearchClient(), { from, to });
 * for (const { sensor, first, last, maximum } of sessions) console.log(sensor, first, last, maximum);
 * ```
 */
export async function summarizeSessions(
  client: TransportClient,
  span: IndexSpan,
  limit = 10_000,
): Promise<SessionsInIndex> {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new InvalidArgumentError('limit must be a whole number from 1.');
  }
  const sessions: SessionInIndex[] = [];
  let after: object | undefined;
  do {
    const question = {
      sessions: {
        composite: {
          size: PAGE,
          sources: [{ session: { terms: { field: 'session_id', missing_bucket: true } } }],
          ...(after && { after }),
        },
        aggs: { ...RATES, sensor: { terms: { field: 'sensor_name', size: 1 } } },
      },
    };
    const { aggregations } = await search<{ sessions: Page }>(client, span, question, false);
    const page = aggregations?.sessions;
    for (const { key, doc_count, sensor, ...rates } of page?.buckets ?? []) {
      sessions.push({
        session: key.session,
        sensor: sensor.buckets[0]?.key ?? null,
        ...summaryOf(doc_count, rates),
      });
    }
    after = page?.after_key;
  } while (after && sessions.length <= limit);
  const complete = sessions.length <= limit;
  const time = ({ first }: SessionInIndex) => first?.getTime() ?? 0;
  return { sessions: sessions.slice(0, limit).sort((a, b) => time(a) - time(b)), complete };
}

/** What OpenSearch answers of some sessions. */
interface Page {
  readonly after_key?: object;
  readonly buckets: readonly (Rates & {
    readonly key: { readonly session: string | null };
    readonly doc_count: number;
    readonly sensor: { readonly buckets: readonly { readonly key: string }[] };
  })[];
}

/** What OpenSearch answers; no aggregations where no index is there. */
interface Answer<Aggregations> {
  readonly hits?: { readonly total: { readonly value: number } };
  readonly aggregations?: Aggregations;
}

async function search<Aggregations>(
  client: TransportClient,
  { index = 'heart_rate', from, to, session }: IndexSpan,
  aggs: object,
  count: boolean,
): Promise<Answer<Aggregations>> {
  if (!(from.getTime() <= to.getTime())) {
    throw new InvalidArgumentError('from and to must be times, and from the earlier one.');
  }
  const timestamp = { gte: from.getTime(), lt: to.getTime(), format: 'epoch_millis' };
  const filter = [
    { range: { timestamp } },
    ...(session === undefined ? [] : [{ term: { session_id: session } }]),
  ];
  const request = {
    method: 'POST',
    path: `/${encodeURIComponent(index)}/_search`,
    // A sum over what happens to be there would be a wrong one.
    querystring: { allow_partial_search_results: 'false' },
    body: { size: 0, track_total_hits: count, query: { bool: { filter } }, aggs },
  };
  try {
    return (await ask<Answer<Aggregations>>(client, request)) ?? {};
  } catch (error) {
    if (isMissing(error, index)) return {};
    throw error;
  }
}

/** Whether it is the index itself that is missing, neither a part of it nor OpenSearch. */
function isMissing(error: unknown, index: string): boolean {
  if (!(error instanceof IndexUnavailableError && error.cause instanceof Error)) return false;
  const { message } = error.cause;
  return message.startsWith('index_not_found_exception') && message.includes(`[${index}]`);
}

function summaryOf(samples: number, rates: Rates | undefined): SessionSummary {
  const { max = null, min = null, avg = null } = rates?.beating.rate ?? {};
  return {
    samples,
    first: dateOf(rates?.first.value),
    last: dateOf(rates?.last.value),
    maximum: max,
    minimum: min,
    difference: max === null || min === null ? null : max - min,
    mean: avg,
  };
}

const dateOf = (value: number | null | undefined) => (value == null ? null : new Date(value));
