/**
 * AWS CDK constructs of liveheartrate: the whole pipeline in one line, and each of its layers.
 * @module liveheartrate-constructs
 */
export * from './archive-layout';
export * from './batch-layer';
export * from './batch-layer-props';
export * from './heart-rate-pipeline';
export * from './heart-rate-pipeline-props';
export * from './index-rotation';
export * from './layer-props';
export * from './sample-stream';
export * from './search-props';
export * from './serving-layer';
export * from './serving-layer-props';
export * from './sizing/sizing';
export * from './speed-layer';
export * from './speed-layer-props';
