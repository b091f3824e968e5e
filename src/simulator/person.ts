/** Whose heart it is. All are healthy and between 18 and 45, as those were whose energy has been measured. */
export interface Person {
  readonly female: boolean;
  /** Years. */
  readonly age: number;
  /** Kilograms. */
  readonly mass: number;
  /** Rate at rest, beats per minute. */
  readonly resting: number;
  /** Highest rate, beats per minute. */
  readonly maximum: number;
  /** How far breathing moves the rate at rest (respiratory sinus arrhythmia), as a part of it. */
  readonly arrhythmia: number;
  /** Breaths a second at rest. */
  readonly breathing: number;
}

/** Somebody. */
export function somebody(random: () => number): Person {
  const between = (low: number, high: number) => low + (high - low) * random();
  const age = between(18, 45);
  return {
    female: random() < 0.5,
    age,
    mass: between(55, 90),
    resting: between(50, 68),
    // Tanaka, Monahan and Seals 2001, doi:10.1016/S0735-1097(00)01054-8.
    maximum: 208 - 0.7 * age,
    // Leads to an RMSSD of about 25 to 60 ms at rest; 42 ms is the mean of healthy adults (Nunan, Sandercock and
    // Brodie 2010, doi:10.1111/j.1540-8159.2010.02841.x).
    arrhythmia: between(0.02, 0.045),
    // 12 to 16 a minute.
    breathing: between(0.2, 0.27),
  };
}

/** Kilojoules in a kilocalorie, and minutes in an hour. */
const KILOCALORIE = 4.184;
const MINUTES_AN_HOUR = 60;

/**
 * What somebody spends at a heart rate, kilojoules a minute: the regressions without oxygen uptake of Keytel et al.
 * 2005, doi:10.1080/02640410470001730089. They were measured in exercise; at rest it is one kilocalorie an hour for
 * each kilogram (one MET).
 */
export function expenditure({ female, age, mass }: Person, rate: number): number {
  const exercising = female
    ? -20.4022 + 0.4472 * rate - 0.1263 * mass + 0.074 * age
    : -55.0969 + 0.6309 * rate + 0.1988 * mass + 0.2017 * age;
  return Math.max(exercising, (KILOCALORIE * mass) / MINUTES_AN_HOUR);
}
