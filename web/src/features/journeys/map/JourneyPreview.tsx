import { ReactFlowProvider } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { Journey } from '../definition/journey';
import { useJourneyTelling } from '../points/catalogue';
import { JourneyMap } from './JourneyMap';
import { layout } from './layout';
import { createMapStore, MapViewProvider } from './MapView';

const nobody: string[] = [];
const nothing = {};

/** The real map of a definition, read only: what the gallery shows. As high as its lines want, up to `height`. */
export function JourneyPreview({ definition, height }: { definition: unknown; height: number }) {
  const journey = useMemo(() => definition as Journey, [definition]);
  const [store] = useState(createMapStore);
  const telling = useJourneyTelling(journey);
  const wanted = useMemo(() => Math.min(height, Math.max(220, layout(journey).height * 0.6 + 80)), [journey, height]);
  return (
    <div style={{ height: wanted }} aria-hidden inert>
      <ReactFlowProvider>
        <MapViewProvider store={store} actions={nothing}>
          <JourneyMap journey={journey} telling={telling} mode="preview" store={store} selection={nobody} />
        </MapViewProvider>
      </ReactFlowProvider>
    </div>
  );
}
