import { Histogram } from './histogram.mjs';
import { random } from './random.mjs';
import { Shard, STEP, UNDER_WAY } from './shard.mjs';

/** Seconds that are simulated; at `BACK` a tenth of the wearers comes back, each with `AWAY` seconds of samples in its spool. */
const END = 420;
const BACK = 60;
const AWAY = 600;
const PART_AWAY = 0.1;
/** Seconds from which on latencies count, and around which queues are compared. */
const WARM = 10;
const MIDDLE = 240;
const WINDOW = 20;
/** How often each reader asks a shard, seconds. */
const POLL = 1;
/** What Lambda takes in an event, bytes, and what is around a record in it; its data is in base64. */
const EVENT = { bytes: 6_000_000, around: 400, growth: 4 / 3 };
/** OpenSearch refreshes an index so often, and takes so long for it, seconds. */
const REFRESH = { every: 1, takes: 0.05 };

/**
 * @typedef {object} Run
 * @property {any} sizing The formulas
 * @property {{ wearers: number, [prop: string]: unknown }} props What they are asked for
 * @property {number} [shards] of those that they say
 * @property {number} [nodes] of those that they say
 * @property {number} [poll] How soon the indexer gets a record, seconds
 * @property {number} [seed]
 */

/** What a node does is spread over all that hold a shard of the index of the day. */
class Domain {
  #freeAt = 0;
  work = 0;

  /** @param {number} capacity documents and copies of them each second */
  constructor(capacity) {
    this.capacity = capacity;
  }

  /** When so much has been done that comes now. @param {number} now @param {number} work */
  done(now, work) {
    this.work += work;
    this.#freeAt = Math.max(now, this.#freeAt) + work / this.capacity;
    return this.#freeAt;
  }

  /** Documents that wait. @param {number} now */
  backlog(now) {
    return Math.max(0, this.#freeAt - now) * this.capacity;
  }
}

/**
 * The pipeline, second by second in virtual time: wearers with their spools, shards with their limits, an indexer for
 * each shard, Firehose beside it, and a domain that works as fast as its processors do.
 * @param {Run} run
 */
export function simulate({
  sizing,
  props,
  shards: partOfShards = 1,
  nodes: partOfNodes = 1,
  poll = POLL,
  seed = 1,
}) {
  const { size } = sizing.estimate(props);
  const workload = sizing.workloadOf(props);
  const { samplesPerRecord, recordBytes } = workload;
  const count = Math.max(1, Math.floor(size.shardCount * partOfShards));
  const node = [...sizing.NODES, sizing.SMALL_NODE].find(({ type }) => type === size.dataNodeInstanceType);
  const copies = 1 + size.indexReplicas;
  const working = Math.min(size.dataNodes, size.indexShards * copies) * partOfNodes;
  const domain = new Domain(working * node.processors * sizing.INDEXED_PER_PROCESSOR);

  const { uniform, poisson } = random(seed);
  const { wearers } = props;
  const shards = spread(wearers, count, uniform);
  const perWearer = workload.recordsPerSecond / wearers;
  const perBatch = Math.min(size.batchSize, EVENT.bytes / (recordBytes * EVENT.growth + EVENT.around));
  const lanes = size.parallelizationFactor;
  const askedAt = shards.map(() => uniform() * poll);
  const archivedAt = shards.map(() => uniform() * POLL);

  const indexed = { before: new Histogram(), meanwhile: new Histogram(), after: new Histogram() };
  const searchable = { before: new Histogram(), meanwhile: new Histogram(), after: new Histogram() };
  let [occupied, read, drainedAt] = [0, 0, END];
  const queued = { middle: 0, end: 0 };

  const steps = Math.round(END / STEP);
  for (let step = 0; step < steps; step++) {
    const now = step * STEP;
    let spooled = 0;
    let queue = 0;
    for (let at = 0; at < shards.length; at++) {
      const shard = /** @type {Shard} */ (shards[at]);
      let fresh = poisson(shard.wearers * perWearer * STEP);
      if (shard.away > 0) {
        if (step === Math.round(BACK / STEP)) shard.spooled = Math.round(shard.away * perWearer * AWAY);
        else if (now > BACK) {
          const theirs = poisson(shard.away * perWearer * STEP);
          // They are sent in order: what is new goes behind what is old.
          if (shard.spooled > 0) shard.spooled += theirs;
          else fresh += theirs;
        }
      }
      shard.step(now, fresh, recordBytes, { uniform });
      spooled += shard.spooled;

      if (now >= (archivedAt[at] ?? 0)) {
        const records = shard.readable(shard.archive, recordBytes);
        shard.archive -= records;
        read += records;
        archivedAt[at] = now + POLL;
      }
      if (now >= (askedAt[at] ?? 0)) askedAt[at] = index(shard, now);
      queue += shard.unsent + shard.waitingRecords + shard.archive;
    }
    if (now > BACK && spooled === 0) drainedAt = Math.min(drainedAt, now);
    const all = queue * samplesPerRecord + domain.backlog(now);
    if (now >= MIDDLE - WINDOW && now < MIDDLE) queued.middle += (all * STEP) / WINDOW;
    if (now >= END - WINDOW) queued.end += (all * STEP) / WINDOW;
  }

  /** Hands what there is to the function. @param {Shard} shard @param {number} now @returns when it is asked again */
  function index(shard, now) {
    const most = Math.floor(perBatch * lanes);
    const records = shard.readable(Math.min(most, shard.waitingRecords), recordBytes);
    if (records === 0) return now + poll;
    read += records;
    const documents = (records * samplesPerRecord) / Math.min(lanes, records);
    const own = sizing.invocationSeconds(documents, size.memorySize);
    // Copies are made after the document, and shards of an index work at the same time.
    const more = sizing.ANSWER * documents * Math.max(0, copies / size.indexShards - 1);
    const waited = domain.done(now + own, records * samplesPerRecord * copies) - (now + own);
    const done = now + own + more + waited;
    occupied += done - now;
    for (const cohort of shard.take(records)) note(cohort, done);
    return records < most ? Math.max(now + poll, done) : done;
  }

  /** @param {{ born: number, count: number }} cohort @param {number} done */
  function note({ born, count }, done) {
    if (born < WARM) return;
    const phase = born < BACK - UNDER_WAY ? 'before' : born < drainedAt ? 'meanwhile' : 'after';
    indexed[phase].add(done - born, count);
    searchable[phase].add(done - born + uniform() * REFRESH.every + REFRESH.takes, count);
  }

  const rate = workload.samplesPerSecond;
  const accepted = shards.map((shard) => shard.accepted);
  const share = (/** @type {number} */ records) => records / (END * 1_000);
  return {
    /** Seconds of the rate of all wearers by which the queues have grown. */
    growth: (queued.end - queued.middle) / rate,
    queued: queued.middle / rate,
    drained: drainedAt - BACK,
    indexedP50: indexed.after.percentile(0.5),
    indexedP99: indexed.after.percentile(0.99),
    searchableP50: searchable.after.percentile(0.5),
    searchableP99: searchable.after.percentile(0.99),
    meanwhileP99: searchable.meanwhile.percentile(0.99),
    used: {
      shards: share(accepted.reduce((sum, records) => sum + records, 0) / count),
      busiest: share(Math.max(...accepted)),
      reading: (read * recordBytes) / (END * 2_000_000 * count),
      indexer: occupied / (END * count),
      domain: domain.work / (domain.capacity * END),
    },
  };
}

/** Wearers come to shards by the hash of their sessions. @param {number} wearers @param {number} count @param {() => number} uniform */
function spread(wearers, count, uniform) {
  const shards = Array.from({ length: count }, () => new Shard(0, 0));
  for (let wearer = 0; wearer < wearers; wearer++) {
    const shard = /** @type {Shard} */ (shards[Math.floor(uniform() * count)]);
    if (wearer < Math.ceil(wearers * PART_AWAY)) shard.away++;
    else shard.wearers++;
  }
  return shards;
}
