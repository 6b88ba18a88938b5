import { ReactFlowProvider } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { Journey } from '../definition/journey';
import { useJourneyTelling } from '../points/catalogue';
import { JourneyMap } from './JourneyMap';
import { createMapStore, MapViewProvider } from './MapView';

const nobody: string[] = [];
const nothing = {};

/** The real map of a definition, read only: what the gallery shows. */
export function JourneyPreview({ definition, height = 420 }: { definition: unknown; height?: number | string }) {
  const journey = useMemo(() => definition as Journey, [definition]);
  const [store] = useState(createMapStore);
  const telling = useJourneyTelling(journey);
  return (
    <div style={{ height }} aria-hidden inert>
      <ReactFlowProvider>
        <MapViewProvider store={store} actions={nothing}>
          <JourneyMap journey={journey} telling={telling} mode="preview" store={store} selection={nobody} />
        </MapViewProvider>
      </ReactFlowProvider>
    </div>
  );
}
