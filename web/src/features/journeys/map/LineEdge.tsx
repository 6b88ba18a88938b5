import type { EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useLineWidth } from '../live/liveStore';
import { isSecondRound, lineStyle } from './lineStyle';
import type { LineEdge as LineEdgeType } from './model';

const plain = 6;

/** One stretch of a line, as the layout drew it. Where it crosses an earlier line it leaves 3 px of canvas on both sides. */
export const LineEdge = memo(function LineEdge({ data }: EdgeProps<LineEdgeType>) {
  const line = data?.line;
  const flow = useLineWidth(line?.key ?? '');
  if (!line) return null;
  const width = flow?.width ?? plain;
  return (
    <g style={lineStyle(line.letter)} fill="none" strokeLinejoin="round" opacity={flow?.empty ? 0.4 : 1}>
      {line.crossings.map((at) => (
        <line
          key={`${at.x} ${at.y}`}
          x1={at.x - width / 2 - 6}
          x2={at.x + width / 2 + 6}
          y1={at.y}
          y2={at.y}
          stroke="var(--p-canvas)"
          strokeWidth={width + 6}
        />
      ))}
      <path
        d={line.path}
        stroke="var(--line-colour)"
        strokeWidth={width}
        strokeDasharray={line.letter ? undefined : '2 8'}
        strokeLinecap={line.letter ? 'butt' : 'round'}
      />
      {isSecondRound(line.letter) && <path d={line.path} stroke="#fff" strokeWidth={Math.max(1.2, width / 5)} />}
    </g>
  );
});
