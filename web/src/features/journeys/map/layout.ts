import type { ExitRef } from '../definition/exits';
import type { Journey } from '../definition/journey';
import type { Channels } from './channels';
import { channelsOf } from './channels';
import type { Geometry, XY } from './geometry';
import {
  apart,
  bandReach,
  beside,
  editing,
  noteWidth,
  pathThrough,
  plateGap,
  plusGap,
  signGap,
  stageLabel,
  stationSize,
  turn,
} from './geometry';
import type { NodeKind, Stretch } from './graph';
import type { MapGrid } from './grid';
import { gridOf } from './grid';
import type { Letters } from './letters';
import { lettersOf } from './letters';

export interface Station {
  id: string;
  kind: NodeKind;
  /** Its centre on the line. */
  x: number;
  y: number;
  /** How far it reaches to both sides: wider where lines part or meet. */
  left: number;
  right: number;
  letter: string;
  row: number;
  sign: { x: number; y: number; width: number; height: number };
  /** Of a way back: where it leads. */
  target?: string;
  adrift: boolean;
}

export interface Line {
  key: string;
  of: string;
  field: string;
  edge: string;
  to: string;
  letter: string;
  corners: XY[];
  path: string;
  /** Where its name stands; only where lines part. */
  plate?: XY;
  /** Where it crosses a line that was drawn before. */
  crossings: XY[];
}

export interface Plus extends XY {
  id: string;
  /** The ways out that an insertion here changes: several where entrances have met. */
  exits: ExitRef[];
  /** The point that follows; undefined at an open end. */
  before: string | undefined;
  letter: string;
}

export interface Jump {
  of: string;
  to: string;
  letter: string;
  path: string;
  plate: XY;
}

/** What belongs to a stage lies on one band; the last has the ends that belong to none of them. */
export interface Band {
  /** The stage; nothing for the ends. */
  stage: string | undefined;
  top: number;
  height: number;
  /** What lies on it. */
  points: string[];
}

export interface MapLayout {
  /** In the order of the outline. */
  stations: Station[];
  lines: Line[];
  pluses: Plus[];
  jumps: Jump[];
  notes: { id: string; x: number; y: number }[];
  bands: Band[];
  letters: Letters;
  width: number;
  height: number;
}

/** Pure: the same journey is always drawn the same, and an edit moves only what is below it or right of it. */
export function layout(journey: Journey, geometry: Geometry = editing): MapLayout {
  const grid = gridOf(journey);
  const letters = lettersOf(journey, grid);
  const channels = channelsOf(grid, letters);
  const tops = topsOf(grid, channels, geometry);
  const at = placer(grid, tops, geometry);

  const stations = grid.order.map((id) => stationOf(id, grid, letters, channels, at, geometry));
  const lines: Line[] = [];
  const pluses = new Map<string, Plus>();
  for (const node of grid.graph.nodes.values())
    for (const stretch of node.out) {
      const line = lineOf(stretch, grid, letters, channels, at);
      lines.push(line);
      if (!stretch.gone) addPlus(pluses, stretch, line, grid, at);
    }
  markCrossings(lines);
  const right = Math.max(0, ...stations.map((station) => station.sign.x + station.sign.width));
  return {
    stations,
    lines,
    pluses: [...pluses.values()],
    jumps: jumpsOf(journey, stations, right),
    notes: notesOf(journey, grid, at),
    bands: bandsOf(grid, at),
    letters,
    width: right,
    height: Math.max(0, ...stations.map((station) => station.y)) + turn,
  };
}

function topsOf(grid: MapGrid, channels: Channels, geometry: Geometry): number[] {
  const tops = [0];
  channels.of.forEach(({ forks, joins }, row) => {
    const base = forks > 0 ? (joins > 0 ? geometry.bothRow : geometry.forkRow) : joins > 0 ? geometry.joinRow : geometry.row;
    tops.push((tops[row] ?? 0) + base + beside * (Math.max(0, forks - 1) + Math.max(0, joins - 1)));
  });
  return tops.slice(0, grid.rowCount + 1);
}

interface Placer {
  x: (column: number) => number;
  y: (id: string) => number;
  row: (row: number) => number;
}

function placer(grid: MapGrid, tops: number[], geometry: Geometry): Placer {
  const row = (index: number) => tops[index] ?? 0;
  // Stages keep room for their names at the left.
  const from = grid.stages ? stageLabel : 0;
  return { x: (column) => from + column * geometry.column, y: (id) => row(grid.rows.get(id) ?? 0), row };
}

function stationOf(id: string, grid: MapGrid, letters: Letters, channels: Channels, at: Placer, geometry: Geometry): Station {
  const node = grid.graph.nodes.get(id);
  const out = node?.out.length ?? 0;
  const places = (grid.graph.into.get(id) ?? []).map((stretch) => channels.joinPlace.get(stretch.key) ?? 0);
  const gap = apart(out);
  const fromLeft = -Math.min(0, ...places);
  const right = stationSize / 2 + Math.max(0, (out - 1) * gap, joinOffset(Math.max(0, ...places), places.length, fromLeft));
  const left = stationSize / 2 - joinOffset(-fromLeft, places.length, fromLeft);
  const x = at.x(grid.columns.get(id) ?? 0);
  const y = at.y(id);
  const shift = signGap + right - stationSize / 2;
  const width = Math.min(geometry.signWidth, geometry.column - stationSize / 2 - 8 - shift);
  const height = geometry.signHeight;
  return {
    id,
    kind: node?.kind ?? 'point',
    x,
    y,
    left,
    right,
    letter: letters.ofNode.get(id) ?? '',
    row: grid.rows.get(id) ?? 0,
    sign: { x: x + shift, y: y - height / 2, width, height },
    target: node?.target,
    adrift: node?.adrift ?? false,
  };
}

/** Lines from the left squeeze in, since what stands left of here keeps its sign. */
function joinOffset(place: number, lines: number, fromLeft: number): number {
  return place < 0 ? (place * leftRoom) / Math.max(1, fromLeft) : place * apart(lines);
}

const leftRoom = 8;

function lineOf(stretch: Stretch, grid: MapGrid, letters: Letters, channels: Channels, at: Placer): Line {
  const out = grid.graph.nodes.get(stretch.of)?.out.length ?? 1;
  const row = grid.rows.get(stretch.of) ?? 0;
  const from: XY = { x: at.x(grid.columns.get(stretch.of) ?? 0) + stretch.index * apart(out), y: at.y(stretch.of) };
  const into = grid.graph.into.get(stretch.to) ?? [];
  const fromLeft = -Math.min(0, ...into.map((one) => channels.joinPlace.get(one.key) ?? 0));
  const offset = joinOffset(channels.joinPlace.get(stretch.key) ?? 0, into.length, fromLeft);
  const to: XY = { x: at.x(grid.columns.get(stretch.to) ?? 0) + offset, y: at.y(stretch.to) };
  const lane = at.x(grid.lanes.get(stretch.key) ?? grid.columns.get(stretch.to) ?? 0);
  const corners: XY[] = [from];
  const forkY = from.y + turn + beside * (channels.forkTrack.get(stretch.key) ?? 0);
  if (stretch.index > 0) {
    const x = grid.direct.has(stretch.key) ? to.x : lane;
    corners.push({ x: from.x, y: forkY }, { x, y: forkY });
  }
  const track = channels.joinTrack.get(stretch.key);
  if (track !== undefined) {
    const joinY = to.y - turn - beside * track;
    corners.push({ x: stretch.index > 0 ? lane : from.x, y: joinY }, { x: to.x, y: joinY });
  }
  corners.push(to);
  const lines = grid.graph.nodes.get(stretch.of)?.out.filter((one) => !one.gone).length ?? 1;
  const plate = lines > 1 && !stretch.gone ? plateOf(stretch, grid, row, channels, from, lane, forkY, to, at) : undefined;
  return {
    key: stretch.key,
    of: stretch.of,
    field: stretch.field,
    edge: stretch.edge,
    to: stretch.to,
    letter: letters.ofStretch.get(stretch.key) ?? '',
    corners,
    path: pathThrough(corners),
    plate,
    crossings: [],
  };
}

function plateOf(
  stretch: Stretch,
  grid: MapGrid,
  row: number,
  channels: Channels,
  from: XY,
  lane: number,
  forkY: number,
  to: XY,
  at: Placer,
): XY {
  if (grid.direct.has(stretch.key)) return { x: Math.min(from.x + 40, (from.x + to.x) / 2), y: forkY };
  const forks = channels.of[row]?.forks ?? 1;
  return { x: stretch.index > 0 ? lane : from.x, y: at.row(row) + turn + beside * (forks - 1) + plateGap };
}

function addPlus(pluses: Map<string, Plus>, stretch: Stretch, line: Line, grid: MapGrid, at: Placer) {
  const target = grid.graph.nodes.get(stretch.to);
  if (!target || target.kind === 'back') return;
  const exit = { of: stretch.of, field: stretch.field };
  const into = grid.graph.into.get(stretch.to) ?? [];
  const start = grid.graph.nodes.get(stretch.of)?.kind === 'start';
  const fromStarts = into.filter((one) => grid.graph.nodes.get(one.of)?.kind === 'start');
  const end = line.corners.at(-1) ?? { x: 0, y: 0 };
  // Entrances that have met share one plus, below where they meet.
  const shared = start && fromStarts.length > 1 && fromStarts.length === into.length;
  const id = shared ? `into:${stretch.to}` : line.key;
  const known = pluses.get(id);
  if (known) {
    known.exits.push(exit);
    return;
  }
  let place: XY = { x: end.x, y: end.y - plusGap };
  if (shared) place = { x: at.x(grid.columns.get(stretch.to) ?? 0), y: end.y - plusGap };
  else if (into.length > 1) place = besideJoin(line, stretch, grid.direct.has(stretch.key));
  pluses.set(id, { ...place, id, exits: [exit], before: target.kind === 'open' ? undefined : stretch.to, letter: line.letter });
}

/** Before lines join each has a plus of its own: on its way down, below its plate if it has one. */
function besideJoin(line: Line, stretch: Stretch, direct: boolean): XY {
  if (direct) {
    const [, turned, over] = line.corners;
    return { x: (over?.x ?? 0) - 42, y: turned?.y ?? 0 };
  }
  const down = line.corners[stretch.index > 0 ? 2 : 0];
  const from = line.corners[0];
  return { x: down?.x ?? 0, y: line.plate ? line.plate.y + 25 : (from?.y ?? 0) + 40 };
}

/** Lines that must cross: the later has a gap around the earlier. Horizontals are never where signs are, so only lines meet. */
function markCrossings(lines: Line[]) {
  const segments = lines.flatMap((line, order) =>
    line.corners.slice(1).map((to, at) => ({ line, order, from: line.corners[at] ?? to, to })),
  );
  const across = segments.filter((one) => one.from.y === one.to.y && one.from.x !== one.to.x);
  const down = segments.filter((one) => one.from.x === one.to.x && one.from.y !== one.to.y);
  for (const h of across)
    for (const v of down) {
      if (h.line === v.line || h.line.to === v.line.to || h.line.of === v.line.of) continue;
      const inside = between(v.from.x, h.from.x, h.to.x) && between(h.from.y, v.from.y, v.to.y);
      if (inside) (h.order > v.order ? h.line : v.line).crossings.push({ x: v.from.x, y: h.from.y });
    }
}

function between(value: number, a: number, b: number) {
  return value > Math.min(a, b) + 1 && value < Math.max(a, b) - 1;
}

/** The way back of a go-to: from below its station, right of all signs, to just above its target. */
function jumpsOf(journey: Journey, stations: Station[], right: number): Jump[] {
  const jumps: Jump[] = [];
  for (const station of stations) {
    const point = journey.points[station.id];
    const to = point?.kind === 'goTo' ? point.target : station.target;
    const target = stations.find((one) => one.id === to);
    if (!to || !target) continue;
    const lane = right + 24 + 12 * jumps.length;
    const corners = [
      { x: station.x, y: station.y },
      { x: station.x, y: station.y + 46 },
      { x: lane, y: station.y + 46 },
      { x: lane, y: target.y - 44 },
      { x: target.x + 12, y: target.y - 44 },
    ];
    jumps.push({ of: station.id, to, letter: station.letter, path: pathThrough(corners), plate: { x: lane, y: target.y - 44 } });
  }
  return jumps;
}

function bandsOf(grid: MapGrid, at: Placer): Band[] {
  const { stages } = grid;
  if (!stages) return [];
  const bands: string[][] = [...stages.order, undefined].map(() => []);
  for (const [id, band] of stages.of) bands[band]?.push(id);
  return bands.flatMap((points, index) => {
    if (points.length === 0) return [];
    const rows = points.map((id) => grid.rows.get(id) ?? 0);
    const top = at.row(Math.min(...rows)) - bandReach;
    return [{ stage: stages.order[index], top, height: at.row(Math.max(...rows)) + bandReach - top, points }];
  });
}

/** Right of everything in their rows, so that no note lies on a line. */
function notesOf(journey: Journey, grid: MapGrid, at: Placer): { id: string; x: number; y: number }[] {
  const filled = new Map<number, number>();
  return (journey.map?.notes ?? []).map((note) => {
    const row = grid.rows.get(note.near) ?? 0;
    const column = grid.rightmost(row) + 1;
    const before = filled.get(row) ?? 0;
    filled.set(row, before + 1);
    return { id: note.id, x: at.x(column) + before * (noteWidth + 16), y: at.row(row) - 32 };
  });
}
