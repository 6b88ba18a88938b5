import { useMemo } from 'react';
import type { Journey } from '../definition/journey';
import { glyphOf } from './glyph';
import { lineStyle } from './lineStyle';

/** The small drawing of a journey's own map, 56 × 44, wherever the journey is listed. Says nothing that its name does not. */
export function JourneyGlyph({ definition, width = 56, height = 44 }: { definition: unknown; width?: number; height?: number }) {
  const glyph = useMemo(() => glyphOf(definition as Journey, width, height), [definition, width, height]);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} fill="none" aria-hidden focusable="false">
      {glyph.lines.map((line) => (
        <polyline
          key={line.key}
          points={line.points}
          style={{ ...lineStyle(line.letter), stroke: 'var(--line-colour)' }}
          strokeWidth={glyph.stroke}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
      {glyph.entrances.map((one) => (
        <circle key={one.id} cx={one.x} cy={one.y} r={3.4} fill="var(--p-surface)" stroke="var(--p-ink)" strokeWidth={1.8} />
      ))}
    </svg>
  );
}
