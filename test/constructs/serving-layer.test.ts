import { Duration, type Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ServingLayer, type ServingLayerProps } from 'liveheartrate-constructs';
import { describe, expect, it } from 'vitest';
import { render } from '../support/constructs/render.ts';
import { layer, type Props as SpeedProps } from '../support/constructs/speed.ts';
import { ofType, only, synth, synthOnce } from '../support/constructs/synth.ts';
import { theirSecret, variants } from '../support/constructs/variants.ts';

type Props = Omit<ServingLayerProps, 'speed'>;
const made = (props: Props | ((stack: Stack) => Props) = {}, speed: SpeedProps = {}) =>
  synth((stack) => {
    const its = typeof props === 'function' ? props(stack) : props;
    return new ServingLayer(stack, 'Serving', { speed: layer(stack, speed), ...its });
  });
const SERVING = 'Custom::HeartRateServing';
const TOPIC = 'AWS::SNS::Topic';

describe('dashboards and the alert', () => {
  it('are put into OpenSearch, the alert above 150', () => {
    const served = only(made(), SERVING);
    expect(render(served.endpoint)).toBe('https://<SpeedSearchDomain.DomainEndpoint>');
    expect(render(served.dashboards)).toBe('https://<SpeedSearchDomain.DomainEndpoint>/_dashboards');
    expect(render(served.topicArn)).toBe('<ServingAlerts>');
    expect(render(served.topicRoleArn)).toBe('<ServingAlertRole.Arn>');
    expect(served).toMatchObject({
      auth: 'es',
      index: 'heart_rate',
      above: 150,
      window: 120,
      throttle: 30,
      alert: 'true',
    });
  });

  it('come after the index, and after the rights', () => {
    const synthesized = made();
    const [[, served] = []] = ofType(synthesized, SERVING);
    const [[index] = []] = ofType(synthesized, 'Custom::HeartRateIndex');
    expect(served?.DependsOn).toContain(index);
    const awaited = (served?.DependsOn ?? []).map((id) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(awaited).toEqual(
      expect.arrayContaining(['SpeedSetupRoleDefaultPolicy', 'ServingAlertRoleDefaultPolicy']),
    );
  });

  it('are as they are told to be', () => {
    const alert = { above: 172, window: Duration.minutes(5), throttle: Duration.hours(1) };
    expect(only(made({ alert, zones: [100, 130] }), SERVING)).toMatchObject({
      above: 172,
      window: 300,
      throttle: 60,
      zones: [100, 130],
    });
  });

  it.each([
    [{ alerts: false }, 'false', true],
    [{ alerts: true }, 'true', true],
    [{ dashboards: false }, 'true', false],
    [{ dashboards: true }, 'true', true],
  ])('can be left out: %o', (props, alert, dashboards) => {
    const synthesized = made(props);
    const served = only(synthesized, SERVING);
    expect(served.alert).toBe(alert);
    expect('dashboards' in served).toBe(dashboards);
    expect(ofType(synthesized, TOPIC)).toHaveLength(alert === 'true' ? 1 : 0);
    expect(synthesized.built.alertRole !== undefined).toBe(alert === 'true');
  });

  it('are nothing at all without both', () => {
    expect(ofType(made({ alerts: false, dashboards: false }), SERVING)).toEqual([]);
  });
});

describe('messages', () => {
  it('are sent by mail, by TLS alone', () => {
    const synthesized = made({ alert: { email: 'coach@example.org' } });
    expect(only(synthesized, 'AWS::SNS::Subscription')).toMatchObject({
      Protocol: 'email',
      Endpoint: 'coach@example.org',
    });
    expect(JSON.stringify(only(synthesized, 'AWS::SNS::TopicPolicy'))).toContain('aws:SecureTransport');
  });

  it('go to a topic that is there', () => {
    const synthesized = made((stack) => ({ alert: { topic: new Topic(stack, 'Theirs') } }));
    expect(ofType(synthesized, TOPIC)).toHaveLength(1);
    expect(render(only(synthesized, SERVING).topicArn)).toBe('<Theirs>');
    expect(synthesized.built.alertTopic?.node.id).toBe('Theirs');
  });
});

describe('other targets', () => {
  it('Serverless has dashboards, and no alerts', () => {
    const synthesized = made({}, { serverless: true });
    expect(only(synthesized, SERVING)).toMatchObject({ auth: 'aoss', alert: 'false' });
    expect(ofType(synthesized, TOPIC)).toEqual([]);
    expect(synthesized.built.alertTopic).toBeUndefined();
  });

  it('an endpoint sends alerts by its own rights, and has the dashboards that are named', () => {
    const synthesized = synth((stack) => {
      const speed = layer(stack, {
        endpoint: 'https://search.example.org',
        dashboardsEndpoint: 'https://dashboards.example.org',
        credentials: theirSecret(stack),
      });
      return new ServingLayer(stack, 'Serving', { speed });
    });
    const served = only(synthesized, SERVING);
    expect(served).toMatchObject({
      auth: 'basic',
      alert: 'true',
      dashboards: 'https://dashboards.example.org',
    });
    expect(served).not.toHaveProperty('topicRoleArn');
    expect(synthesized.built.alertRole).toBeUndefined();
  });

  it('an endpoint without dashboards is given none', () => {
    const served = only(made({}, { endpoint: 'http://search.local' }), SERVING);
    expect(served).not.toHaveProperty('dashboards');
  });
});

describe('the CloudWatch dashboard', () => {
  const titles = (synthesized: ReturnType<typeof synth>) => {
    const body = JSON.parse(render(only(synthesized, 'AWS::CloudWatch::Dashboard').DashboardBody)) as {
      widgets: { properties: { title: string } }[];
    };
    return body.widgets.map(({ properties }) => properties.title);
  };

  it('shows rates, lateness, rejected, the archive and the domain', () => {
    expect(titles(synthOnce(variants['one line']))).toEqual([
      'Samples in and out',
      'From the sample until it is indexed, ms',
      'Age of the oldest record not indexed, ms',
      'Rejected and handed back',
      'Indexer',
      'Indexer: duration, ms',
      'Archive: age of the oldest record not in it, s',
      'Archive: records',
      'Archive: bytes',
      'Domain: status',
      'Domain: load, %',
      'Domain: free storage of the fullest node, MiB',
    ]);
  });

  it('has the 50th and the 99th percentile of latency', () => {
    const body = render(only(synthOnce(variants['one line']), 'AWS::CloudWatch::Dashboard').DashboardBody);
    expect(body).toMatch(/"Latency".{0,200}"p50"/);
    expect(body).toMatch(/"Latency".{0,400}"p99"/);
  });

  it.each([true, false])('is there where it is wanted: %s', (operations) => {
    const synthesized = made({ operations });
    expect(ofType(synthesized, 'AWS::CloudWatch::Dashboard')).toHaveLength(operations ? 1 : 0);
    expect(synthesized.built.dashboard !== undefined).toBe(operations);
  });
});

describe('what does not go together is refused, with the remedy', () => {
  const cases: [string, (stack: Stack) => Props, string, SpeedProps?][] = [
    ['an alert and none', () => ({ alert: {}, alerts: false }), 'alerts: false that nobody is'],
    ['alerts of a collection', () => ({ alerts: true }), 'set alerts to false', { serverless: true }],
    [
      'an alert of a collection',
      () => ({ alert: { above: 170 } }),
      'set alerts to false',
      { serverless: true },
    ],
    [
      'mail to their topic',
      (stack) => ({ alert: { email: 'a@example.org', topic: new Topic(stack, 'T') } }),
      'leave one of them out',
    ],
    ['no heart rate', () => ({ alert: { above: 0 } }), 'from 1 to 65,534'],
    ['half a beat', () => ({ alert: { above: 150.5 } }), 'from 1 to 65,534'],
    ['a window too short', () => ({ alert: { window: Duration.minutes(1) } }), 'longer than a minute'],
    ['a window too long', () => ({ alert: { window: Duration.days(2) } }), 'a day at most'],
    ['no throttle', () => ({ alert: { throttle: Duration.seconds(30) } }), 'a minute to a day'],
    ['zones that fall', () => ({ zones: [120, 100] }), 'whole numbers, and rise'],
  ];
  it.each(cases)('%s', (_, props, remedy, speed) => {
    expect(() => made(props, speed)).toThrow(remedy);
  });
});

it('two in a stack do not collide, nor do their alerts and dashboards in OpenSearch', () => {
  const synthesized = synth((stack) => {
    const speed = layer(stack);
    new ServingLayer(stack, 'Serving', { speed });
    new ServingLayer(stack, 'Other', { speed });
  });
  const names = ofType(synthesized, SERVING).map(([, { Properties }]) => Properties?.name);
  expect(new Set(names).size).toBe(2);
});
