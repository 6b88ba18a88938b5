import type { Journey, Point } from '../definition/journey';

/** A seeded source of numbers, so that a failure can be repeated (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A journey with that many points, for tests and measurements: branches, joins over any distance, go-tos, open ends. */
export function generatedJourney(seed: number, size: number): Journey {
  const roll = dice(seed);
  const below = (limit: number) => Math.floor(roll() * limit);
  const points: Record<string, Point> = {};
  const open: ((id: string) => void)[] = [];
  const start: Journey['start'] = Array.from(
    { length: 1 + below(3) },
    (_, index) => ({ kind: 'hand', id: `s${index}` }) as Journey['start'][number],
  );
  for (const one of start)
    open.push((id) => {
      one.next = id;
    });
  const made: string[] = [];
  for (let index = 0; index < size && open.length > 0; index++) {
    const id = `p${index}`;
    open.splice(roll() < 0.7 ? open.length - 1 : below(open.length), 1)[0]?.(id);
    // Lines that join: others come in here too.
    while (open.length > 2 && roll() < 0.2) open.splice(below(open.length), 1)[0]?.(id);
    points[id] = randomPoint(roll, below, id, open, made, index + open.length < size / 3);
    made.push(id);
  }
  return { format: 1, id: `generated-${seed}`, name: `Generated ${seed}`, start, points };
}

function randomPoint(
  roll: () => number,
  below: (limit: number) => number,
  id: string,
  open: ((id: string) => void)[],
  made: string[],
  grows: boolean,
): Point {
  const chance = roll();
  if (chance < 0.18 || (grows && chance < 0.3) || (open.length === 0 && chance < 0.5)) {
    const point: Point & { kind: 'if' } = { kind: 'if', condition: { kind: 'tag', name: id } };
    open.push((next) => {
      point.else = next;
    });
    open.push((next) => {
      point.then = next;
    });
    return point;
  }
  if (chance < 0.35) {
    const count = roll() < 0.1 ? 20 : 2 + below(3);
    const paths = Array.from(
      { length: count },
      (_, index) => ({ name: `path ${index}`, share: 100 / count }) as { name: string; share: number; next?: string },
    );
    for (const path of paths)
      open.push((next) => {
        path.next = next;
      });
    return { kind: 'split', paths };
  }
  if (open.length > 3 && chance > 0.9) return { kind: 'end', outcome: 'completed' };
  if (open.length > 3 && chance > 0.86) return { kind: 'goTo', target: made[below(made.length)] ?? id };
  const point: Point & { kind: 'addTag' } = { kind: 'addTag', tag: id };
  open.push((next) => {
    point.next = next;
  });
  return point;
}
