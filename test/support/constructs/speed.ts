import type { Stack } from 'aws-cdk-lib';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { SpeedLayer, type SpeedLayerProps } from 'liveheartrate-constructs';
import { synth } from './synth.ts';
import { streamArn } from './variants.ts';

export type Props = Omit<SpeedLayerProps, 'stream'>;

/** What tells the setup function of the index. */
export const INDEX = 'Custom::HeartRateIndex';

/** A speed layer of its own, behind a stream that is there. */
export const layer = (stack: Stack, props: Props = {}, id = 'Speed') =>
  new SpeedLayer(stack, id, {
    stream: Stream.fromStreamArn(stack, `${id}Theirs`, streamArn(stack)),
    ...props,
  });

export const made = (props: Props | ((stack: Stack) => Props) = {}) =>
  synth((stack) => layer(stack, typeof props === 'function' ? props(stack) : props));
