import { ask } from '../../../src/opensearch/ask.js';
import { type MonitorOptions, rateMonitor } from '../../../src/serving/index.js';
import type { SetupClient } from './client.js';
import { doing } from './errors.js';

const MONITORS = '/_plugins/_alerting/monitors';
const CONFIGS = '/_plugins/_notifications/configs';

/** When people are told, and by which topic. */
export interface AlertOptions extends Omit<MonitorOptions, 'channel'> {
  /** ARN of the topic. */
  readonly topicArn: string;
  /** ARN of the role that may publish there, where one is needed. */
  readonly topicRoleArn: string | undefined;
}

/** The id of the channel of a pipeline. */
const channelOf = (name: string) => `liveheartrate-${name}`;
/** How the name of its monitor ends. Ids of monitors are not for us to choose. */
const markOf = (name: string) => `[${name}]`;

/** Puts a channel and a monitor for a pipeline, or changes those it has. */
export async function putAlert(client: SetupClient, name: string, options: AlertOptions): Promise<void> {
  const channel = channelOf(name);
  const monitor = rateMonitor({ ...options, channel });
  const body = { ...monitor, name: `${monitor.name} ${markOf(name)}` };
  await doing('The channel', putChannel(client, channel, options));
  await doing('The monitor', putMonitor(client, name, body));
}

/** Removes both; that there are none is fine. */
export async function removeAlert(client: SetupClient, name: string): Promise<void> {
  // Without its channel a monitor would fail each time.
  await doing('The monitor', removeMonitors(client, await doing('The monitor', monitorsOf(client, name))));
  const path = `${CONFIGS}/${encodeURIComponent(channelOf(name))}`;
  await doing('The channel', ask(client, { method: 'DELETE', path }, [404]));
}

async function putChannel(
  client: SetupClient,
  id: string,
  { topicArn, topicRoleArn }: AlertOptions,
): Promise<void> {
  const config = {
    name: id,
    description: 'Heart rates above the limit, from liveheartrate.',
    config_type: 'sns',
    is_enabled: true,
    sns: { topic_arn: topicArn, ...(topicRoleArn !== undefined && { role_arn: topicRoleArn }) },
  };
  const path = `${CONFIGS}/${encodeURIComponent(id)}`;
  if ((await ask(client, { method: 'PUT', path, body: { config } }, [404])) !== undefined) return;
  await ask(client, { method: 'POST', path: CONFIGS, body: { config_id: id, config } });
}

async function putMonitor(client: SetupClient, name: string, body: Record<string, unknown>): Promise<void> {
  const [id, ...others] = await monitorsOf(client, name);
  if (id === undefined) {
    await ask(client, { method: 'POST', path: MONITORS, body });
    return;
  }
  await ask(client, { method: 'PUT', path: `${MONITORS}/${encodeURIComponent(id)}`, body });
  // Such as of a request that was given up, and done nevertheless.
  await removeMonitors(client, others);
}

async function removeMonitors(client: SetupClient, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await ask(client, { method: 'DELETE', path: `${MONITORS}/${encodeURIComponent(id)}` }, [404]);
  }
}

interface Found {
  readonly hits: {
    readonly hits: readonly {
      readonly _id: string;
      /** As it is kept, or as it is put. */
      readonly _source: { readonly name?: string; readonly monitor?: { readonly name?: string } };
    }[];
  };
}

/** The ids of the monitors of a pipeline. Where there has never been a monitor, there is no index of them. */
async function monitorsOf(client: SetupClient, name: string): Promise<string[]> {
  const query = { match_phrase: { 'monitor.name': name } };
  const request = { method: 'POST', path: `${MONITORS}/_search`, body: { size: 1_000, query } };
  const found = await ask<Found>(client, request, [404]);
  return (found?.hits.hits ?? [])
    .filter(({ _source: { name: own, monitor } }) => (own ?? monitor?.name)?.endsWith(` ${markOf(name)}`))
    .map(({ _id }) => _id);
}
