/**
 * A live page of the local pipeline in the browser, and open feeds beside it: server-sent events, WebSocket, OpenMetrics.
 * Needs Node.js and, for the archive, `@duckdb/node-api`.
 * @module liveheartrate/dashboard
 */
export { ListenError } from './errors.js';
export type { DashboardOptions } from './options.js';
export type {
  AlertEvent,
  HeartbeatEvent,
  Hello,
  HistoryAnswer,
  LatencyEvent,
  LiveEvents,
  SampleEvent,
  SessionHistory,
  StatusEvent,
  SummaryAnswer,
  ZoneSummary,
} from './protocol.js';
export { type Dashboard, startDashboard } from './start-dashboard.js';
