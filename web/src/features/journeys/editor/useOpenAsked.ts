import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { MapLayout } from '../map/layout';
import { show } from './useMapKeys';

export interface AskedPoint {
  point: string | undefined;
  /** What of it is wanted: its report. */
  pane?: string;
  onOpened: () => void;
}

/** Opens the point that a link named, and brings it into view: the search leads to points, not only to their journeys. */
export function useOpenAsked(
  { point, pane, onOpened }: AskedPoint,
  layout: MapLayout,
  open: (id: string, pane?: string) => void,
) {
  const flow = useReactFlow();
  useEffect(() => {
    if (point === undefined) return;
    const station = layout.stations.find((one) => one.id === point);
    if (station) open(station.id, pane);
    // React Flow first fits the whole map into its box, a frame after it was drawn.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (station) show(flow, station);
        onOpened();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [point, pane, onOpened, layout, open, flow]);
}
