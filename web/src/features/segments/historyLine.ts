export interface Day {
  /** ISO 8601. */
  day: string;
  members: number;
}

const WIDTH = 100;
const HEIGHT = 40;
const PAD = 2;

/** The line of members over days, zero at the bottom: as wide as the days that are known, so that a young segment fills it too. */
export function historyLine(days: readonly Day[], daysMost: number) {
  const at = (day: string) => Date.parse(day) / 86_400_000;
  const end = at(days.at(-1)?.day ?? '');
  const first = Math.max(at(days[0]?.day ?? ''), end - daysMost);
  const most = Math.max(1, ...days.map(({ members }) => members));
  const round = (value: number) => Math.round(value * 100) / 100;
  const points = days
    .filter(({ day }) => at(day) >= first)
    .map(({ day, members }) => ({
      x: round(end === first ? WIDTH : ((at(day) - first) / (end - first)) * WIDTH),
      y: round(HEIGHT - PAD - (members / most) * (HEIGHT - 2 * PAD)),
    }));
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ');
  const last = points.at(-1) ?? { x: WIDTH, y: HEIGHT };
  return { line, area: `0,${HEIGHT} ${line} ${last.x},${HEIGHT}`, last, most };
}
