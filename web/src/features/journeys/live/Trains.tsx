import { ViewportPortal } from '@xyflow/react';
import { useContext } from 'react';
import classes from '../map/JourneyMap.module.css';
import type { MapLayout } from '../map/layout';
import { arrived, LiveContext, useLive } from './liveStore';

/** People on their way: one small train a stretch and batch. */
export function Trains({ layout }: { layout: MapLayout }) {
  const store = useContext(LiveContext);
  const trains = useLive((state) => state.trains);
  const paused = useLive((state) => state.paused);
  if (!store || paused) return null;
  return (
    <ViewportPortal>
      {trains.map((train) => {
        const line = layout.lines.find((one) => one.key === train.key);
        return line ? (
          <span
            key={train.id}
            className={classes.train}
            style={{ offsetPath: `path("${line.path}")` }}
            onAnimationEnd={() => arrived(store, train.id)}
            aria-hidden
          />
        ) : null;
      })}
    </ViewportPortal>
  );
}
