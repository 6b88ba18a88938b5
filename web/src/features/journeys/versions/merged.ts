import { exitsOfId } from '../definition/exits';
import type { Journey } from '../definition/journey';

interface GoneLine {
  of: string;
  to: string;
}

/**
 * Both versions in one: the newer, and what of the older is gone where it stood, hung on by the lines that led there and away. A line that would
 * close a circle is left out: what is gone must never move what is there.
 */
export function mergedOf(before: Journey, after: Journey): Journey {
  const starts = new Set(after.start.map((start) => start.id));
  const goneStarts = before.start.filter((start) => !starts.has(start.id));
  const gonePoints = Object.entries(before.points).filter(([id]) => !(id in after.points));
  const gone = new Set([...goneStarts.map((start) => start.id), ...gonePoints.map(([id]) => id)]);
  if (gone.size === 0) return after;
  const points = { ...after.points, ...Object.fromEntries(gonePoints) };
  const lines: GoneLine[] = [];
  const onward = (id: string) => [
    ...(gone.has(id) ? [] : exitsOfId(after, id).map((exit) => exit.target)),
    ...lines.filter((line) => line.of === id).map((line) => line.to),
  ];
  for (const of of [...before.start.map((start) => start.id), ...Object.keys(before.points)]) {
    if (!starts.has(of) && !(of in after.points) && !gone.has(of)) continue;
    for (const { target: to } of exitsOfId(before, of)) {
      if (to === undefined || !(to in points) || !(gone.has(of) || gone.has(to))) continue;
      if (lines.some((line) => line.of === of && line.to === to) || reaches(to, of, onward)) continue;
      lines.push({ of, to });
    }
  }
  return { ...after, start: [...after.start, ...goneStarts], points, map: { ...after.map, gone: { ids: [...gone], lines } } };
}

function reaches(from: string, to: string, onward: (id: string) => (string | undefined)[]): boolean {
  const seen = new Set<string>();
  const open: (string | undefined)[] = [from];
  while (open.length > 0) {
    const id = open.pop();
    if (id === to) return true;
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    open.push(...onward(id));
  }
  return false;
}
