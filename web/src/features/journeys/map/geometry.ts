/** The numbers of docs/design.md, section 5, in px at 100 %. */
export interface Geometry {
  column: number;
  row: number;
  /** Height of a row whose channel holds what lines need to part. */
  forkRow: number;
  /** Height of a row whose channel holds lines that join the next. */
  joinRow: number;
  /** Both. */
  bothRow: number;
  signWidth: number;
  signHeight: number;
}

export const editing: Geometry = {
  column: 272,
  row: 108,
  forkRow: 148,
  joinRow: 138,
  bothRow: 192,
  signWidth: 212,
  signHeight: 64,
};
export const live: Geometry = { column: 320, row: 110, forkRow: 148, joinRow: 138, bothRow: 192, signWidth: 246, signHeight: 76 };

export const stationSize = 34;
/** From the station's centre to its sign. */
export const signGap = 27;
/** How far below its station a line turns, and how far above the one it joins. */
export const turn = 56;
/** Between lines that share a stretch. */
export const beside = 9;
/** Below the lowest turn of a channel: where plates stand. */
export const plateGap = 29;
export const plusGap = 36;
export const noteWidth = 250;
/** Room at the left of stages for their names. */
export const stageLabel = 200;
/** How far the band of a stage reaches above its first row and below its last. */
export const bandReach = 48;

export interface XY {
  x: number;
  y: number;
}

const chamfer = 20;
const soft = 7;

/** An SVG path along the corners: each right angle is a 45° cut with softened ends. */
export function pathThrough(corners: XY[]): string {
  const first = corners[0];
  if (!first) return '';
  const parts = [`M${first.x} ${first.y}`];
  for (let at = 1; at < corners.length; at++) {
    const here = corners[at];
    const before = corners[at - 1];
    const after = corners[at + 1];
    if (!here || !before) continue;
    if (!after) {
      parts.push(`L${here.x} ${here.y}`);
      continue;
    }
    const back = towards(here, before);
    const on = towards(here, after);
    // Two corners share a stretch: each takes at most half of it.
    const cut = Math.min(chamfer, back.length / (at === 1 ? 1 : 2), on.length / (at + 2 === corners.length ? 1 : 2));
    if (cut < 1) {
      parts.push(`L${here.x} ${here.y}`);
      continue;
    }
    const ends = Math.min(soft, cut / 3);
    const enter = { x: here.x + back.x * cut, y: here.y + back.y * cut };
    const leave = { x: here.x + on.x * cut, y: here.y + on.y * cut };
    const across = towards(enter, leave);
    const step = (from: XY, along: XY, by: number) => `${round(from.x + along.x * by)} ${round(from.y + along.y * by)}`;
    parts.push(
      `L${step(enter, back, ends)}`,
      `Q${round(enter.x)} ${round(enter.y)} ${step(enter, across, ends)}`,
      `L${step(leave, across, -ends)}`,
      `Q${round(leave.x)} ${round(leave.y)} ${step(leave, on, ends)}`,
    );
  }
  return parts.join('');
}

function towards(from: XY, to: XY) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  return { x: dx / length, y: dy / length, length };
}

function round(value: number) {
  return Math.round(value * 10) / 10;
}

/** How far apart the lines of one station run: closer where there are many, so that its sign keeps its column. */
export function apart(lines: number): number {
  return lines <= 6 ? beside : 45 / (lines - 1);
}
