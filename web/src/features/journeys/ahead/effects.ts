import type { Schemas } from '@/api/client';

type Ahead = Schemas['FirstEffectsView'];

/** How many come in: on each of the days, and at once on the first. */
export interface Entries {
  perDay: number;
  atOnce: number;
}

/** What happens at a point in the first days. */
export interface PointEffect {
  point: string;
  /** By day. */
  times: number[];
  inAll: number;
  /** The first of the days on which anything happens: 0 is today. Undefined: on none of them. */
  from: number | undefined;
}

/** From what became of a sample to what will become of so many: those who come in on a day do as those of the sample who came in on it. */
export function effectAt(ahead: Ahead, point: string, { perDay, atOnce }: Entries): PointEffect {
  const times = ahead.days.map(() => 0);
  for (const [at, { entered, effects }] of ahead.days.entries()) {
    if (entered === 0) continue;
    const each = (perDay + (at === 0 ? atOnce : 0)) / entered;
    for (const effect of effects)
      if (effect.point === point && effect.day < times.length) times[effect.day] = (times[effect.day] ?? 0) + effect.times * each;
  }
  const from = times.findIndex((count) => count > 0);
  return { point, times, inAll: times.reduce((sum, count) => sum + count, 0), from: from < 0 ? undefined : from };
}

/** Day by day, of all these points together. */
export function together(effects: readonly PointEffect[]): number[] {
  return effects.reduce<number[]>((sums, { times }) => times.map((count, day) => count + (sums[day] ?? 0)), []);
}

/** How many of the sample came in. */
export const sampleOf = (ahead: Ahead): number => ahead.days.reduce((sum, { entered }) => sum + entered, 0);
