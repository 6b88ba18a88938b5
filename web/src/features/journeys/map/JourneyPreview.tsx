import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { Journey } from '../definition/journey';
import { useJourneyTelling } from '../points/catalogue';
import { JourneyMap } from './JourneyMap';
import { layout } from './layout';
import { createMapStore, type MapAsk, MapViewProvider } from './MapView';

const nobody: string[] = [];
const none: ReadonlyMap<string, MapAsk> = new Map();

interface Props {
  definition: unknown;
  height: number;
  /** Stations that stand for a question, as in the guided set-up. */
  asks?: ReadonlyMap<string, MapAsk>;
  /** Where a press on a station leads; without it the map is a picture. */
  onOpen?: (id: string) => void;
  /** To be moved about and read, as large as it is high. */
  close?: boolean;
}

/** The real map of a definition, read only: what the gallery shows. As high as its lines want, up to `height`. */
export function JourneyPreview({ definition, height, asks = none, onOpen, close = false }: Props) {
  const journey = useMemo(() => definition as Journey, [definition]);
  const [store] = useState(createMapStore);
  useEffect(() => store.setState({ asks }), [store, asks]);
  const telling = useJourneyTelling(journey);
  const wanted = useMemo(() => Math.min(height, Math.max(220, layout(journey).height * 0.6 + 80)), [journey, height]);
  const actions = useMemo(() => ({ onOpen }), [onOpen]);
  return (
    <div style={{ height: onOpen || close ? height : wanted }} aria-hidden={onOpen ? undefined : true} inert={!onOpen && !close}>
      <ReactFlowProvider>
        <MapViewProvider store={store} actions={actions}>
          <JourneyMap journey={journey} telling={telling} mode="preview" store={store} selection={nobody} movable={close} />
        </MapViewProvider>
      </ReactFlowProvider>
    </div>
  );
}
