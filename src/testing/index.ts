/**
 * The contract that every sink keeps, to be run on one's own. Needs Node.js.
 * @module liveheartrate/testing
 */
export {
  type ContractCheck,
  type NowhereSink,
  type OpenSink,
  type SinkRig,
  sinkContract,
} from './sink-contract.js';
