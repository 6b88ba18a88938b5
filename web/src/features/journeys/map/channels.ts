import type { Stretch } from './graph';
import type { MapGrid } from './grid';
import type { Letters } from './letters';

/** What turns in the channel below a row, and on which track. Tracks are counted from the top; those of joins from the bottom. */
export interface Channel {
  forks: number;
  joins: number;
}

export interface Channels {
  of: Channel[];
  forkTrack: Map<string, number>;
  joinTrack: Map<string, number>;
  /** How many places right (or, negative, left) of the station's middle a joining line gets in. */
  joinPlace: Map<string, number>;
}

interface Bundle {
  from: number;
  to: number;
  /** Tracks of the bundle, each with the stretches that run on it. */
  tracks: Stretch[][];
}

export function channelsOf(grid: MapGrid, letters: Letters): Channels {
  const of: Channel[] = Array.from({ length: grid.rowCount }, () => ({ forks: 0, joins: 0 }));
  const forkTrack = new Map<string, number>();
  const joinTrack = new Map<string, number>();
  const joinPlace = new Map<string, number>();
  const bundles: Bundle[][] = of.map(() => []);

  const forks: Bundle[][] = of.map(() => []);
  for (const node of grid.graph.nodes.values()) {
    const branches = node.out.slice(1);
    if (branches.length === 0) continue;
    const from = grid.columns.get(node.id) ?? 0;
    // The outermost turns first: so the lines of one station never cross.
    const byReach = [...branches].sort((a, b) => reach(grid, b) - reach(grid, a));
    forks[grid.rows.get(node.id) ?? 0]?.push({
      from,
      to: Math.max(...branches.map((branch) => reach(grid, branch))),
      tracks: byReach.map((branch) => [branch]),
    });
  }
  forks.forEach((here, row) => {
    const channel = of[row];
    if (channel) channel.forks = stack(here, forkTrack);
  });

  for (const [id, into] of grid.graph.into) {
    const column = grid.columns.get(id) ?? 0;
    const joining = into.filter((stretch) => grid.owner.get(id) !== stretch.key);
    if (joining.length === 0) continue;
    const own = letters.ofNode.get(id);
    for (const side of [1, -1]) {
      const here = joining.filter((stretch) => Math.sign(laneOf(grid, stretch) - column) === side);
      const bundle: Bundle = { from: column, to: column, tracks: [] };
      let place = 0;
      for (const stretch of here.sort((a, b) => side * (laneOf(grid, a) - laneOf(grid, b)))) {
        const merges = letters.ofStretch.get(stretch.key) === own;
        if (!merges) place += side;
        joinPlace.set(stretch.key, merges ? 0 : place);
        if (grid.direct.has(stretch.key)) continue;
        const same = merges
          ? bundle.tracks.find((track) => track.some((one) => letters.ofStretch.get(one.key) === own))
          : undefined;
        if (same) same.push(stretch);
        else bundle.tracks.push([stretch]);
        bundle.from = Math.min(bundle.from, laneOf(grid, stretch));
        bundle.to = Math.max(bundle.to, laneOf(grid, stretch));
      }
      if (bundle.tracks.length > 0) bundles[(grid.rows.get(id) ?? 1) - 1]?.push(bundle);
    }
  }

  bundles.forEach((here, row) => {
    // The nearest line takes the upper track, so that those from further out pass below it; tracks of joins are counted from the bottom.
    for (const bundle of here) bundle.tracks.reverse();
    const channel = of[row];
    if (channel) channel.joins = stack(here, joinTrack);
  });
  return { of, forkTrack, joinTrack, joinPlace };
}

/** Puts bundles that reach over one another on different tracks; returns how many tracks that takes. */
function stack(bundles: Bundle[], trackOf: Map<string, number>): number {
  const taken: Bundle[][] = [];
  for (const bundle of bundles.sort((a, b) => a.from - b.from)) {
    let base = 0;
    const fits = (at: number) =>
      bundle.tracks.every((_, track) =>
        (taken[at + track] ?? []).every((other) => other.to < bundle.from || other.from > bundle.to),
      );
    while (!fits(base)) base++;
    bundle.tracks.forEach((track, at) => {
      const list = taken[base + at] ?? [];
      list.push(bundle);
      taken[base + at] = list;
      for (const stretch of track) trackOf.set(stretch.key, base + at);
    });
  }
  return taken.length;
}

/** The column where a stretch comes down before it joins. */
function laneOf(grid: MapGrid, stretch: Stretch): number {
  return grid.lanes.get(stretch.key) ?? grid.columns.get(stretch.of) ?? 0;
}

/** How far right a branch goes before it turns down. */
function reach(grid: MapGrid, stretch: Stretch): number {
  return grid.lanes.get(stretch.key) ?? grid.columns.get(stretch.to) ?? 0;
}
