import type { ResourceEvent } from '../../../constructs/functions/setup/event.js';
import { setupHandler } from '../../../constructs/functions/setup/handler.js';
import { startWebServer } from './web-server.js';

/** What CloudFormation is told. */
export interface Told {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Record<string, string>;
}

/** The side of CloudFormation: it makes events, and hears of what became of them. */
export async function startCloudFormation() {
  const told: Told[] = [];
  const server = await startWebServer(({ method, body, query }) => {
    // The URL is signed for that method, and for no type of content.
    if (method !== 'PUT' || query.get('Signature') !== 'secret') return [403];
    told.push(JSON.parse(body.toString()) as Told);
    return [200];
  });

  /** An event; all but the kind of resource and its properties is as for a resource that is made. */
  const event = (
    ResourceType: 'Custom::HeartRateIndex' | 'Custom::HeartRateServing',
    ResourceProperties: Record<string, unknown>,
    more: Partial<ResourceEvent> = {},
  ): ResourceEvent => ({
    RequestType: 'Create',
    ResponseURL: `${server.url}/answer?Signature=secret`,
    StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/hearts/1',
    RequestId: 'request-1',
    LogicalResourceId: 'HeartRateSpeedIndex',
    ResourceType,
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:setup',
      ...ResourceProperties,
    },
    ...more,
  });

  return {
    ...server,
    told,
    event,
    /** Has the handler do it in so many milliseconds; answers what is told, and between which pauses it was tried. */
    async ask(
      asked: ResourceEvent,
      milliseconds = 60_000,
    ): Promise<Told & { readonly pauses: readonly number[] }> {
      const pauses: number[] = [];
      const handler = setupHandler(async (pause) => {
        pauses.push(pause);
      });
      const end = Date.now() + milliseconds;
      const before = told.length;
      await handler(asked, { getRemainingTimeInMillis: () => end - Date.now() });
      const answer = told[before];
      if (!answer || told.length > before + 1) throw new Error('CloudFormation was not told once.');
      return { ...answer, pauses };
    },
  };
}
