import { describe, expect, it } from 'vitest';
import type { MapLayout } from './layout';
import { viewOfAll } from './viewport';

const box = { width: 1000, height: 700 };
const map = (width: number, height: number) => ({ width, height }) as MapLayout;

describe('all of a map in view', () => {
  it('is a short line at full size, at the top left', () => {
    const { x, y, zoom } = viewOfAll(map(240, 200), box);

    expect(zoom).toBe(1);
    expect(x).toBeLessThan(120);
    expect(y).toBeLessThan(150);
  });

  it('is, as a preview, in the middle', () => {
    const { x, y } = viewOfAll(map(240, 200), box, 'preview');

    expect(x + 120).toBe(500);
    expect(y + 100).toBe(350);
  });

  it('is made smaller until it fits', () => {
    const { x, y, zoom } = viewOfAll(map(400, 900), box);

    expect(zoom).toBeLessThan(1);
    expect(y + 900 * zoom).toBeLessThan(700);
    expect(x).toBeGreaterThan(0);
  });

  it('begins at the entrances where the whole would be too small to read', () => {
    const { x, y, zoom } = viewOfAll(map(4_000, 9_000), box);

    expect(zoom).toBe(0.46);
    expect(x).toBeLessThan(100);
    expect(y).toBeLessThan(150);
  });
});
