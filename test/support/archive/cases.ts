/** One row of the archive; older ones have no session, sequence and sensor. */
interface Row {
  readonly timestamp: string;
  readonly heart_rate: number;
  readonly session_id?: string;
  readonly sequence?: number;
  readonly sensor_id?: string;
}

/** A file of the archive, in the folder of the day at which its samples arrived. */
export interface ArchiveFile {
  readonly day: string;
  readonly written: string;
  readonly rows: readonly Row[];
}

type Answer = readonly Readonly<Record<string, string | number | null>>[];

/** Data, questions, and the answers worked out by hand. */
export interface ArchiveCase {
  readonly title: string;
  readonly timeZone: string;
  readonly files: readonly ArchiveFile[];
  readonly asks: readonly {
    readonly from: string;
    readonly to: string;
    readonly answers: Readonly<Record<string, Answer>>;
  }[];
}

/** Samples of one session, in their order. */
function session(session_id: string, sensor_id: string, rates: readonly [timestamp: string, rate: number][]) {
  return rates.map(([timestamp, heart_rate], sequence): Row => {
    return { timestamp, heart_rate, session_id, sequence, sensor_id };
  });
}

const rates = (maximum: number | null, minimum: number | null, mean: number | null) => ({
  ...{ maximum, minimum, mean },
  difference: maximum === null || minimum === null ? null : maximum - minimum,
});

const bounds = [0, 95, 114, 133, 152, 171];
/** All zones, those given with their samples and seconds. */
function zones(found: Readonly<Record<number, readonly [samples: number, seconds: number]>>): Answer {
  const total = Object.values(found).reduce((sum, [, seconds]) => sum + seconds, 0);
  return bounds.map((from_rate, zone) => {
    const [samples, seconds] = found[zone] ?? [0, 0];
    const share = total === 0 ? null : seconds / total;
    return { zone, from_rate, below_rate: bounds[zone + 1] ?? null, samples, seconds, share };
  });
}

const ride = session('ride', 'strap-1', [
  ['2025-11-23 18:29:45', 200],
  ['2025-11-23 18:29:50', 100],
  ['2025-11-23 18:29:55', 120],
  ['2025-11-23 18:30:00', 0],
  ['2025-11-23 18:30:05', 145],
  ['2025-11-23 18:30:15', 63],
  ['2025-11-23 18:30:20', 210],
]);

/** What clocks show in Berlin is an hour more, from 2025-03-30 01:00 to 2025-10-26 01:00 UTC two. */
const spring = session('night', 'strap-1', [
  ['2025-03-30 00:00:00', 60],
  ['2025-03-30 00:30:00', 70],
  ['2025-03-30 01:00:00', 80],
  ['2025-03-30 01:30:00', 90],
  ['2025-03-30 22:30:00', 100],
]);
const autumn = session('night', 'strap-1', [
  ['2025-10-25 23:30:00', 60],
  ['2025-10-26 00:00:00', 70],
  ['2025-10-26 00:30:00', 80],
  ['2025-10-26 01:00:00', 90],
  ['2025-10-26 01:30:00', 100],
  ['2025-10-26 02:00:00', 110],
  ['2025-10-26 23:00:00', 120],
]);

/** In Newfoundland clocks go from 02:00 back to 01:00 at 04:30 UTC. */
const west = session('night', 'strap-1', [
  ['2025-11-02 03:30:00', 60],
  ['2025-11-02 04:00:00', 70],
  ['2025-11-02 04:30:00', 80],
  ['2025-11-02 05:00:00', 90],
]);

/** In Santiago they go from 24:00 back to 23:00 at 03:00 UTC in April, and forward from 00:00 to 01:00 in September. */
const south = session('night', 'strap-1', [
  ['2025-04-06 02:30:00', 60],
  ['2025-04-06 03:30:00', 70],
  ['2025-04-06 04:00:00', 80],
]);
const southSpring = session('dawn', 'strap-1', [
  ['2025-09-07 03:59:00', 60],
  ['2025-09-07 04:00:00', 70],
  ['2025-09-07 04:30:00', 80],
]);

const older: readonly Row[] = [
  { timestamp: '2025-08-05 10:00:00', heart_rate: 72 },
  { timestamp: '2025-08-05 10:00:01', heart_rate: 75 },
];
const walk = session('walk', 'strap-2', [
  ['2025-08-05 10:00:00.5', 80],
  ['2025-08-05 10:00:02.5', 81],
]);

export const archiveCases: readonly ArchiveCase[] = [
  {
    title: 'midnight in Kolkata, samples that arrive twice and nine days late, and no beat',
    timeZone: 'Asia/Kolkata',
    files: [
      { day: '2025-11-23', written: '2025-11-23T18:30:30Z', rows: ride.slice(0, 4) },
      { day: '2025-12-02', written: '2025-12-02T18:30:00Z', rows: [...ride.slice(2, 3), ...ride.slice(4)] },
    ],
    asks: [
      {
        from: '2025-11-23 23:59:50',
        to: '2025-11-24 00:00:20',
        answers: {
          maximum: [{ maximum: 145 }],
          minimum: [{ minimum: 63 }],
          difference: [{ difference: 82 }],
          sessions: [
            {
              ...{ session_id: 'ride', sensor_id: 'strap-1' },
              ...{ first: '2025-11-23 23:59:50', last: '2025-11-24 00:00:15', seconds: 25 },
              ...{ samples: 5, ...rates(145, 63, 107) },
            },
          ],
          zones: zones({ 0: [1, 5], 1: [1, 5], 2: [1, 5], 3: [1, 5] }),
          daily_summary: [
            {
              ...{ local_day: '2025-11-23', sessions: 1, samples: 2 },
              ...{ first: '2025-11-23 23:59:50', last: '2025-11-23 23:59:55', ...rates(120, 100, 110) },
            },
            {
              ...{ local_day: '2025-11-24', sessions: 1, samples: 3 },
              ...{ first: '2025-11-24 00:00:00', last: '2025-11-24 00:00:15', ...rates(145, 63, 104) },
            },
          ],
          // 40 s, 35 s, 30 s, and nine days less 5 and 15 s.
          latency: [{ samples: 5, p50: 40, p99: 777_595 }],
        },
      },
      {
        from: '2025-11-24 00:00:00',
        to: '2025-11-24 00:00:05',
        answers: {
          maximum: [{ maximum: null }],
          minimum: [{ minimum: null }],
          difference: [{ difference: null }],
          sessions: [
            {
              ...{ session_id: 'ride', sensor_id: 'strap-1' },
              ...{ first: '2025-11-24 00:00:00', last: '2025-11-24 00:00:00', seconds: 0 },
              ...{ samples: 1, ...rates(null, null, null) },
            },
          ],
          zones: zones({}),
        },
      },
    ],
  },
  {
    title: 'clocks put forward in Berlin',
    timeZone: 'Europe/Berlin',
    files: [{ day: '2025-03-30', written: '2025-03-30T23:00:00Z', rows: spring }],
    asks: [
      {
        from: '2025-03-30 01:30:00',
        to: '2025-03-31 00:31:00',
        answers: {
          difference: [{ difference: 30 }],
          sessions: [
            {
              ...{ session_id: 'night', sensor_id: 'strap-1' },
              ...{ first: '2025-03-30 01:30:00', last: '2025-03-31 00:30:00', seconds: 79_200 },
              ...{ samples: 4, ...rates(100, 70, 85) },
            },
          ],
          zones: zones({ 0: [3, 15], 1: [1, 0] }),
          daily_summary: [
            {
              ...{ local_day: '2025-03-30', sessions: 1, samples: 3 },
              ...{ first: '2025-03-30 01:30:00', last: '2025-03-30 03:30:00', ...rates(90, 70, 80) },
            },
            {
              ...{ local_day: '2025-03-31', sessions: 1, samples: 1 },
              ...{ first: '2025-03-31 00:30:00', last: '2025-03-31 00:30:00', ...rates(100, 100, 100) },
            },
          ],
        },
      },
      {
        // Clocks skip 02:30: as long after 01:59 it is 03:30.
        from: '2025-03-30 02:30:00',
        to: '2025-03-30 04:00:00',
        answers: { minimum: [{ minimum: 90 }], maximum: [{ maximum: 90 }] },
      },
    ],
  },
  {
    title: 'clocks put back in Berlin',
    timeZone: 'Europe/Berlin',
    files: [
      { day: '2025-10-25', written: '2025-10-25T23:40:00Z', rows: autumn.slice(0, 1) },
      { day: '2025-10-26', written: '2025-10-26T23:10:00Z', rows: autumn.slice(1) },
    ],
    asks: [
      {
        // The first 02:30 of two.
        from: '2025-10-26 02:30:00',
        to: '2025-10-27 00:00:00',
        answers: {
          sessions: [
            {
              ...{ session_id: 'night', sensor_id: 'strap-1' },
              ...{ first: '2025-10-26 02:30:00', last: '2025-10-26 03:00:00', seconds: 5_400 },
              ...{ samples: 4, ...rates(110, 80, 95) },
            },
          ],
        },
      },
      {
        from: '2025-10-26 00:00:00',
        to: '2025-10-26 02:30:00',
        answers: { minimum: [{ minimum: 60 }], maximum: [{ maximum: 70 }] },
      },
      {
        from: '2025-10-26 00:00:00',
        to: '2025-10-28 00:00:00',
        answers: {
          daily_summary: [
            {
              ...{ local_day: '2025-10-26', sessions: 1, samples: 6 },
              ...{ first: '2025-10-26 01:30:00', last: '2025-10-26 03:00:00', ...rates(110, 60, 85) },
            },
            {
              ...{ local_day: '2025-10-27', sessions: 1, samples: 1 },
              ...{ first: '2025-10-27 00:00:00', last: '2025-10-27 00:00:00', ...rates(120, 120, 120) },
            },
          ],
        },
      },
    ],
  },
  {
    title: 'clocks put back and forward at midnight in Santiago, in the autumn and spring of the south',
    timeZone: 'America/Santiago',
    files: [
      { day: '2025-04-06', written: '2025-04-06T05:00:00Z', rows: south },
      { day: '2025-09-07', written: '2025-09-07T05:00:00Z', rows: southSpring },
    ],
    asks: [
      {
        // The first 23:30 of two.
        from: '2025-04-05 23:30:00',
        to: '2025-04-06 01:00:00',
        answers: {
          daily_summary: [
            {
              ...{ local_day: '2025-04-05', sessions: 1, samples: 2 },
              ...{ first: '2025-04-05 23:30:00', last: '2025-04-05 23:30:00', ...rates(70, 60, 65) },
            },
            {
              ...{ local_day: '2025-04-06', sessions: 1, samples: 1 },
              ...{ first: '2025-04-06 00:00:00', last: '2025-04-06 00:00:00', ...rates(80, 80, 80) },
            },
          ],
        },
      },
      {
        // Clocks skip 00:30: as long after 23:59 it is 01:30.
        from: '2025-09-07 00:30:00',
        to: '2025-09-07 02:00:00',
        answers: { minimum: [{ minimum: 80 }], maximum: [{ maximum: 80 }] },
      },
      {
        from: '2025-09-06 23:59:00',
        to: '2025-09-07 01:30:00',
        answers: {
          sessions: [
            {
              ...{ session_id: 'dawn', sensor_id: 'strap-1' },
              ...{ first: '2025-09-06 23:59:00', last: '2025-09-07 01:00:00', seconds: 60 },
              ...{ samples: 2, ...rates(70, 60, 65) },
            },
          ],
        },
      },
    ],
  },
  {
    title:
      'clocks put back west of Greenwich, a strap whose clock is a day ahead, and folders of days in Panama',
    timeZone: 'America/St_Johns',
    files: [{ day: '2025-10-31', written: '2025-11-01T04:00:00Z', rows: west }],
    asks: [
      {
        from: '2025-11-02 01:30:00',
        to: '2025-11-02 02:00:00',
        answers: {
          minimum: [{ minimum: 70 }],
          maximum: [{ maximum: 90 }],
          daily_summary: [
            {
              ...{ local_day: '2025-11-02', sessions: 1, samples: 3 },
              ...{ first: '2025-11-02 01:30:00', last: '2025-11-02 01:30:00', ...rates(90, 70, 80) },
            },
          ],
          // A day, and half an hour and an hour more, before they were taken.
          latency: [{ samples: 3, p50: -88_200, p99: -86_400 }],
        },
      },
    ],
  },
  {
    title: 'older samples without a session beside others, and nothing',
    timeZone: 'UTC',
    files: [
      { day: '2025-08-05', written: '2025-08-05T10:01:00Z', rows: [...older, ...walk] },
      { day: '2025-08-05', written: '2025-08-05T10:02:00Z', rows: older.slice(1) },
    ],
    asks: [
      {
        from: '2025-08-05',
        to: '2025-08-06',
        answers: {
          sessions: [
            {
              ...{ session_id: null, sensor_id: null },
              ...{ first: '2025-08-05 10:00:00', last: '2025-08-05 10:00:01', seconds: 1 },
              ...{ samples: 2, ...rates(75, 72, 73.5) },
            },
            {
              ...{ session_id: 'walk', sensor_id: 'strap-2' },
              ...{ first: '2025-08-05 10:00:00.5', last: '2025-08-05 10:00:02.5', seconds: 2 },
              ...{ samples: 2, ...rates(81, 80, 80.5) },
            },
          ],
          zones: zones({ 0: [4, 3] }),
          daily_summary: [
            {
              ...{ local_day: '2025-08-05', sessions: 1, samples: 4 },
              ...{ first: '2025-08-05 10:00:00', last: '2025-08-05 10:00:02.5', ...rates(81, 72, 77) },
            },
          ],
        },
      },
      {
        from: '2025-08-06',
        to: '2025-08-07',
        answers: {
          maximum: [{ maximum: null }],
          minimum: [{ minimum: null }],
          difference: [{ difference: null }],
          sessions: [],
          zones: zones({}),
          daily_summary: [],
          latency: [{ samples: 0, p50: null, p99: null }],
        },
      },
    ],
  },
];
