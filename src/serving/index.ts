/**
 * The serving layer: a dashboard and a monitor for OpenSearch, as the documents that OpenSearch Dashboards and the
 * Alerting plugin take. Sends nothing by itself, and needs no package.
 * @module liveheartrate/serving
 */
export { type DashboardOptions, dashboards } from './dashboards.js';
export { type Monitor, type MonitorOptions, rateMonitor } from './rate-monitor.js';
export { type SavedObject, type SavedObjectReference, toNdjson } from './saved-object.js';
