import type { Journey } from '../definition/journey';
import { layout } from './layout';

export interface Glyph {
  lines: { key: string; letter: string; points: string }[];
  entrances: { id: string; x: number; y: number }[];
  stroke: number;
}

/** Rows beyond these would be a tangle at this size: the drawing shows how the journey begins. */
const rowsMax = 7;

/** The map without its stations, drawn into a small box: columns and rows keep their order, not their measures. */
export function glyphOf(journey: Journey, width: number, height: number): Glyph {
  if (!isDrawable(journey)) return { lines: [], entrances: [], stroke: 3 };
  const map = layout(journey);
  const rowAt = [...new Set(map.stations.map((station) => station.y))].sort((a, b) => a - b);
  const last = rowAt[Math.min(rowAt.length - 1, rowsMax)] ?? 0;
  const shown = map.lines.filter((line) => (line.corners[0]?.y ?? 0) < last);
  const xs = [...new Set(shown.flatMap((line) => line.corners.map((corner) => Math.round(corner.x / 272))))].sort(
    (a, b) => a - b,
  );
  const pad = 6;
  const x = (value: number) =>
    pad + (xs.length < 2 ? 0 : (xs.indexOf(Math.round(value / 272)) / Math.max(2, xs.length - 1)) * (width - 2 * pad));
  const y = (value: number) => pad + (Math.min(value, last) / Math.max(1, last)) * (height - 2 * pad);
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    lines: shown.map((line) => ({
      key: line.key,
      letter: line.letter,
      points: line.corners.map((corner) => `${round(x(corner.x))},${round(y(corner.y))}`).join(' '),
    })),
    entrances: map.stations
      .filter((station) => station.kind === 'start' && station.y < Math.max(last, 1))
      .map((station) => ({ id: station.id, x: round(x(station.x)), y: round(y(station.y)) })),
    stroke: xs.length > 6 ? 2 : 3,
  };
}

/** What a server sends as a definition is not judged here; what is no journey is no drawing. */
function isDrawable(journey: Journey | null | undefined): journey is Journey {
  return Array.isArray(journey?.start) && typeof journey.points === 'object' && journey.points !== null;
}
