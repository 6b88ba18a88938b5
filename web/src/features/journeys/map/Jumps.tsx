import { ViewportPortal } from '@xyflow/react';
import { memo } from 'react';
import { useSay } from '@/lib/say';
import classes from './JourneyMap.module.css';
import { LineLetter } from './LineLetter';
import type { MapLayout } from './layout';
import { lineStyle } from './lineStyle';

/** The ways back of go-tos: all, or those of what is selected. Right of all signs, dotted, with an arrow where they get on. */
export const Jumps = memo(function Jumps({
  layout,
  all,
  selection,
  nameOf,
}: {
  layout: MapLayout;
  all: boolean;
  selection: string[];
  nameOf: (id: string) => string;
}) {
  const { t } = useSay();
  const shown = layout.jumps.filter((jump) => all || selection.includes(jump.of) || selection.includes(jump.to));
  if (shown.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className={classes.jumps} width={1} height={1} aria-hidden focusable="false">
        <defs>
          <marker
            id="jump-arrow"
            viewBox="0 0 10 10"
            refX="8"
            refY="5"
            markerWidth="5"
            markerHeight="5"
            orient="auto-start-reverse"
          >
            <path d="M1 1L9 5L1 9" fill="none" stroke="context-stroke" strokeWidth="2" />
          </marker>
        </defs>
        {shown.map((jump) => (
          <path
            key={jump.of}
            d={jump.path}
            style={{ ...lineStyle(jump.letter), stroke: 'var(--line-colour)' }}
            fill="none"
            strokeWidth={3}
            strokeDasharray="0.1 6"
            strokeLinecap="round"
            markerEnd="url(#jump-arrow)"
          />
        ))}
      </svg>
      {shown.map((jump) => (
        <div
          key={jump.of}
          className={`${classes.plate} ${classes.jumpPlate}`}
          style={{ left: jump.plate.x - 24, top: jump.plate.y }}
          aria-hidden
        >
          <LineLetter letter={jump.letter} />
          <span>{t('map.jump', { point: nameOf(jump.to) })}</span>
        </div>
      ))}
    </ViewportPortal>
  );
});
