/**
 * Many who wear straps.
 *
 * @param {number} sensors
 * @returns A function that makes a sample of each, of a time.
 */
export function crowd(sensors) {
  let sequence = 0;
  return (/** @type {number} */ time) => {
    const at = sequence++;
    return Array.from({ length: sensors }, (_, sensor) => {
      const heartRate = Math.round(110 + 40 * Math.sin(at / 200 + sensor) + 4 * Math.sin(at / 9));
      const interval = 60_000 / heartRate + 15 * Math.sin(at / 3);
      return {
        timestamp: new Date(time),
        heartRate,
        rrIntervals: heartRate > 90 ? [interval, interval + 5] : [interval],
        sensor: { id: `strap-${sensor + 1}`, name: `Strap ${sensor + 1}` },
        session: `session-${sensor + 1}`,
        sequence: at,
      };
    });
  };
}
