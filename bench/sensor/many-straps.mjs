import { heartRates } from 'liveheartrate';
import { simulatedCentral } from 'liveheartrate/simulator';

export const STRAPS = 1_000;

/**
 * A thousand straps, each of which sends so many samples a second.
 * @param {number} rate
 * @param {(samples: number) => void} onSample is told how many samples there have been
 * @returns {Promise<void>} once all of them are live
 */
export function startStraps(rate, onSample = () => {}) {
  let samples = 0;
  let live = 0;
  return new Promise((resolve) => {
    const onStatus = (/** @type {{ state: string }} */ { state }) => {
      if (state === 'live' && ++live === STRAPS) resolve();
    };
    heartRates(simulatedCentral({ sensors: STRAPS, speed: rate }), { max: STRAPS, onStatus }).subscribe(() =>
      onSample(++samples),
    );
  });
}
