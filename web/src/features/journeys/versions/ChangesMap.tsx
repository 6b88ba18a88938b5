import { Skeleton } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { Journey } from '../definition/journey';
import { GoToPoint } from '../editor/GoToPoint';
import { useMapKeys } from '../editor/useMapKeys';
import { LiveContext } from '../live/liveStore';
import { JourneyMap } from '../map/JourneyMap';
import { layout as layoutOf } from '../map/layout';
import { createMapStore, type MapActions, MapViewProvider } from '../map/MapView';
import { useJourneyTelling } from '../points/catalogue';
import { ChangeFields } from './ChangeFields';
import type { Look } from './CompareBar';
import { keyOf, settingsKey } from './changes';
import type { Comparison } from './useComparison';
import classes from './Versions.module.css';

interface Props {
  comparison: Comparison;
  look: Exclude<Look, 'text'>;
  at: string | undefined;
  onAt: (id: string | undefined) => void;
  onText: () => void;
}

/** Both versions on one map, or one of them: what is new, different or gone stands out. */
export function ChangesMap(props: Props) {
  const { comparison, look } = props;
  const journey = comparison.first ? comparison.after : look === 'both' ? comparison.both : comparison[look];
  if (!comparison.ready || !journey) return <Skeleton flex={1} radius={0} />;
  return (
    // No traffic: here a line says that it is there.
    <LiveContext.Provider value={undefined}>
      <ReactFlowProvider>
        <Drawn {...props} journey={journey} />
      </ReactFlowProvider>
    </LiveContext.Provider>
  );
}

function Drawn({ comparison, journey, at, onAt, onText }: Props & { journey: Journey }) {
  const telling = useJourneyTelling(journey);
  const layout = useMemo(() => layoutOf(journey), [journey]);
  const [store] = useState(createMapStore);
  const [finding, setFinding] = useState(false);
  const { marks } = comparison;
  useEffect(() => store.setState({ marks }), [store, marks]);
  const selection = useMemo(() => (at ? [at] : []), [at]);
  const actions = useMemo<MapActions>(
    () => ({ onFocus: (id) => store.setState({ focus: id }), onOpen: (id) => onAt(id) }),
    [store, onAt],
  );
  const keys = useMapKeys(layout, store, selection, {
    open: onAt,
    back: () => onAt(undefined),
    toggle: (id) => onAt(id === at ? undefined : id),
    goTo: () => setFinding(true),
    outline: onText,
    help: onText,
  });
  const { goTo } = keys;
  // The next change is brought into view and has the keyboard; a press on a card has both already.
  useEffect(() => {
    if (at && store.getState().focus !== at) goTo(layout.stations.find((station) => station.id === at));
  }, [at, goTo, layout, store]);
  const part = comparison.parts.find((one) => keyOf(one) === (at ?? settingsKey));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the points of the tree inside.
    <div className={classes.map} onKeyDown={keys.onKeyDown}>
      <MapViewProvider store={store} actions={actions}>
        <JourneyMap
          journey={journey}
          telling={telling}
          mode="compare"
          store={store}
          selection={selection}
          onSelect={(ids) => onAt(ids.at(-1))}
        />
      </MapViewProvider>
      {part && part.fields.length > 0 && (
        <div className={classes.card} role="status">
          <h3>{part.title}</h3>
          <ChangeFields fields={part.fields} />
        </div>
      )}
      {finding && (
        <GoToPoint
          journey={journey}
          layout={layout}
          telling={telling}
          onGo={(id) => {
            onAt(id);
            goTo(layout.stations.find((station) => station.id === id));
          }}
          onClose={() => setFinding(false)}
        />
      )}
    </div>
  );
}
