import { useReactFlow, useStore } from '@xyflow/react';
import { memo, type PointerEvent } from 'react';
import { useSay } from '@/lib/say';
import type { MapLayout } from './layout';
import { lineStyle } from './lineStyle';
import classes from './Minimap.module.css';

const box = { width: 148, height: 104 };

/** The whole map as lines, with what is in view; a press goes there. For the mouse alone: the keyboard has the tree. */
export const Minimap = memo(function Minimap({ layout }: { layout: MapLayout }) {
  const { t } = useSay();
  const flow = useReactFlow();
  const scale = Math.min((box.width - 16) / (layout.width + 40), (box.height - 16) / (layout.height + 40));
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - bounds.left - 8) / scale;
    const y = (event.clientY - bounds.top - 8) / scale;
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <svg
      className={classes.box}
      width={box.width}
      height={box.height}
      onPointerDown={go}
      onPointerMove={go}
      role="img"
      aria-label={t('map.minimap')}
    >
      <g transform={`translate(8 8) scale(${scale})`} fill="none">
        {layout.lines.map((line) => (
          <polyline
            key={line.key}
            points={line.corners.map((corner) => `${corner.x},${corner.y}`).join(' ')}
            style={{ ...lineStyle(line.letter), stroke: 'var(--line-colour)' }}
            strokeWidth={2.4 / scale}
            strokeLinejoin="round"
          />
        ))}
        <InView scale={scale} />
      </g>
    </svg>
  );
});

function InView({ scale }: { scale: number }) {
  const transform = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [x, y, zoom] = transform;
  return (
    <rect
      className={classes.view}
      x={-x / zoom}
      y={-y / zoom}
      width={width / zoom}
      height={height / zoom}
      rx={6 / scale}
      strokeWidth={1.2 / scale}
    />
  );
}
