import classes from './Sparkline.module.css';

const box = { width: 84, height: 26, pad: 3 };

/** How a number went day by day, from zero at the bottom; the last day has a dot. What it says in figures stands beside it. */
export function Sparkline({ values, tone = 'accent' }: { values: readonly number[]; tone?: 'accent' | 'success' }) {
  const points = sparkPoints(values, box.width, box.height, box.pad);
  const last = points.at(-1);
  if (!last) return null;
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ');
  return (
    <svg className={classes.spark} data-tone={tone} width={box.width} height={box.height} aria-hidden focusable="false">
      <polygon points={`${box.pad},${box.height} ${line} ${last.x},${box.height}`} />
      <polyline points={line} />
      <circle cx={last.x} cy={last.y} r={2.5} />
    </svg>
  );
}

/** Nothing to draw of fewer than two days, or where all are zero. */
export function sparkPoints(values: readonly number[], width: number, height: number, pad: number): { x: number; y: number }[] {
  const most = Math.max(0, ...values);
  if (values.length < 2 || most === 0) return [];
  const round = (value: number) => Math.round(value * 10) / 10;
  return values.map((value, at) => ({
    x: round(pad + (at / (values.length - 1)) * (width - 2 * pad)),
    y: round(height - pad - (Math.max(0, value) / most) * (height - 2 * pad)),
  }));
}
