import { type Estimate, estimate } from './estimate';
import type { SizingProps } from './workload';

export type { ComponentCost } from './costs';
export { type Estimate, estimate } from './estimate';
export type { PipelineSize } from './pipeline-size';
export type { SizingProps } from './workload';

/**
 * How large a pipeline has to be, and what it costs. In TypeScript there is the function `estimate` as well.
 *
 * ```ts
 * import { Sizing } from 'liveheartrate-constructs';
 *
 * Sizing.estimate({ wearers: 100 }).size.dataNodes; // => 3
 * ```
 */
export class Sizing {
  /**
   * Works out how large each part of a pipeline has to be, and what it costs in a month.
   *
   * @param props how many send how much
   */
  public static estimate(props: SizingProps = {}): Estimate {
    return estimate(props);
  }

  private constructor() {}
}
