import { EdgeLabelRenderer } from '@xyflow/react';
import { memo } from 'react';
import { useLineWidth } from '../live/liveStore';
import classes from './JourneyMap.module.css';
import type { Line } from './layout';
import { isSecondRound, lineStyle } from './lineStyle';
import { type MapState, useMapState } from './MapView';

const plain = 6;
const margin = 400;

/**
 * All lines below the stations, drawn by us: React Flow would ask each station for handles, and leave out lines whose ends are both out of view
 * though their middle is not.
 */
export const Lines = memo(function Lines({ lines, width, height }: { lines: Line[]; width: number; height: number }) {
  // As large as what it holds: what lies outside of an SVG is not always painted anew.
  const box = { x: -margin, y: -margin, width: width + 2 * margin, height: height + 2 * margin };
  return (
    <EdgeLabelRenderer>
      <svg
        className={classes.lines}
        style={{ left: box.x, top: box.y }}
        width={box.width}
        height={box.height}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        aria-hidden
        focusable="false"
      >
        {lines.map((line) => (
          <LineShape key={line.key} line={line} />
        ))}
      </svg>
    </EdgeLabelRenderer>
  );
});

const isOpen = (state: MapState, id: string) => state.asks.get(id)?.title !== undefined;

/** One stretch, as the layout drew it. Where it crosses an earlier line it leaves 3 px of canvas on both sides. */
const LineShape = memo(
  function LineShape({ line }: { line: Line }) {
    const flow = useLineWidth(line.key);
    const width = flow?.width ?? plain;
    // What was not asked yet is dotted.
    const dotted = useMapState((state) => isOpen(state, line.to) || isOpen(state, line.of)) || !line.letter;
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
          strokeDasharray={dotted ? '2 8' : undefined}
          strokeLinecap={dotted ? 'round' : 'butt'}
        />
        {isSecondRound(line.letter) && <path d={line.path} stroke="#fff" strokeWidth={Math.max(1.2, width / 5)} />}
      </g>
    );
  },
  (before, after) =>
    before.line.path === after.line.path &&
    before.line.letter === after.line.letter &&
    before.line.to === after.line.to &&
    before.line.of === after.line.of &&
    before.line.crossings.length === after.line.crossings.length,
);
