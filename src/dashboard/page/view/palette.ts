const NAMES = ['text', 'quiet', 'line', 'heart', 'heart-area', 'beats', 'beats-area', 'alert'] as const;
const ZONES = [0, 1, 2, 3, 4, 5] as const;

/** The colours of the style sheet, for what is drawn. */
export interface Palette extends Record<(typeof NAMES)[number], string> {
  readonly zones: readonly string[];
}

let palette: Palette | undefined;

/** The colours of now: light or dark. */
export function colors(): Palette {
  if (palette) return palette;
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const named = Object.fromEntries(NAMES.map((name) => [name, color(name)]));
  palette = {
    ...(named as Record<(typeof NAMES)[number], string>),
    zones: ZONES.map((at) => color(`zone-${at}`)),
  };
  return palette;
}

/** Tells when they have become others. */
export function onColors(changed: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    palette = undefined;
    changed();
  });
}
