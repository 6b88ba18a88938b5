import { describe, expect, it } from 'vitest';
import { lines, tokens } from './tokens';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('in the %s scheme', (_, scheme) => {
  const colour = (name: keyof typeof tokens) => tokens[name][scheme];

  it.each(['ink', 'ink-2', 'ink-3', 'accent', 'success', 'warning', 'danger'] as const)(
    '%s can be read on every background',
    (name) => {
      for (const background of ['paper', 'canvas', 'surface', 'sunken'] as const)
        expect(contrast(colour(name), colour(background)), background).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([
    ['on-accent', 'accent'],
    ['accent', 'accent-soft'],
    ['success', 'success-soft'],
    ['warning', 'warning-soft'],
    ['danger', 'danger-soft'],
    ['ink', 'note'],
    ['ink', 'hover'],
  ] as const)('%s can be read on %s', (text, background) => {
    expect(contrast(colour(text), colour(background))).toBeGreaterThanOrEqual(4.5);
  });

  it('the edge of a field stands out', () => {
    expect(contrast(colour('control'), colour('surface'))).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(lines))('line %s stands out on the canvas, and its letter can be read', (_name, line) => {
    expect(contrast(line.colour[scheme], colour('canvas'))).toBeGreaterThanOrEqual(3);
    expect(contrast(line.letter[scheme], line.colour[scheme])).toBeGreaterThanOrEqual(4.5);
  });
});
