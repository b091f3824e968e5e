import { putAlert, removeAlert } from './alert.js';
import { authOf, clientOf } from './client.js';
import type { Resource } from './event.js';
import { placeOf } from './place.js';
import type { Properties } from './properties.js';
import { importObjects } from './saved-objects.js';

/** `Custom::HeartRateServing`: dashboards, which outlive the stack, and the alert, whose topic does not. */
export const servingResource: Resource = {
  name: (properties) => placeOf(properties, properties.needed('name')),

  async put(properties, { before, signal }) {
    const auth = await authOf(properties);
    const alert = alertOf(properties);
    const options = optionsOf(properties);
    const dashboards = properties.text('dashboards');
    if (dashboards !== undefined) {
      const client = clientOf(dashboards, auth, signal);
      await importObjects(client, options).finally(() => client.close());
    }
    // A server that has never had an alert may not know what one is.
    if (!alert && !before?.flag('alert')) return {};
    const client = clientOf(properties.needed('endpoint'), auth, signal);
    const name = properties.needed('name');
    try {
      if (alert) await putAlert(client, name, { ...options, ...alert });
      else await removeAlert(client, name);
    } finally {
      await client.close();
    }
    return {};
  },

  async remove(properties, { signal }) {
    if (!properties.flag('alert')) return;
    const client = clientOf(properties.needed('endpoint'), await authOf(properties), signal);
    await removeAlert(client, properties.needed('name')).finally(() => client.close());
  },
};

function optionsOf(properties: Properties) {
  const above = properties.whole('above');
  const zones = properties.wholes('zones');
  return {
    index: properties.needed('index'),
    ...(above !== undefined && { above }),
    ...(zones && { zones }),
  };
}

function alertOf(properties: Properties) {
  if (!properties.flag('alert')) return undefined;
  const window = properties.whole('window');
  const throttle = properties.whole('throttle');
  return {
    topicArn: properties.needed('topicArn'),
    topicRoleArn: properties.text('topicRoleArn'),
    ...(window !== undefined && { window }),
    ...(throttle !== undefined && { throttle }),
  };
}
