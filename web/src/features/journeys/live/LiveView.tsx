import { ReactFlowProvider, useOnViewportChange } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Journey } from '../definition/journey';
import editorClasses from '../editor/Editor.module.css';
import { GoToPoint } from '../editor/GoToPoint';
import { KeysHelp } from '../editor/KeysHelp';
import { useMapKeys } from '../editor/useMapKeys';
import { type AskedPoint, useOpenAsked } from '../editor/useOpenAsked';
import { live as liveGeometry } from '../map/geometry';
import { JourneyMap } from '../map/JourneyMap';
import { layout as layoutOf } from '../map/layout';
import { MapSwitches, useMapShows } from '../map/MapSwitches';
import { createMapStore, type MapActions, MapViewProvider } from '../map/MapView';
import { Outline } from '../outline/Outline';
import { useJourneyTelling } from '../points/catalogue';
import { AskWhy } from './AskWhy';
import { Failures } from './Failures';
import type { Choices } from './FigureChoices';
import classes from './LiveView.module.css';
import { LiveContext, type LiveStore } from './liveStore';
import { PointPane } from './PointPane';
import { TotalsBar } from './TotalsBar';
import { Trains } from './Trains';
import { useEligible } from './useEligible';

interface Props {
  journey: Journey;
  store: LiveStore;
  view: 'map' | 'outline';
  onView: (view: 'map' | 'outline') => void;
  choices: Choices;
  asked: AskedPoint;
  /** Points that are paused on their own. */
  held: readonly string[] | null | undefined;
  /** Whether points can be paused: what has ended stands still anyway. */
  running: boolean;
}

/** A journey with its people: numbers on the cards, traffic in the lines' widths, and whoever moves as a train. */
export function LiveView(props: Props) {
  return (
    <LiveContext.Provider value={props.store}>
      <ReactFlowProvider>
        <Watching {...props} />
      </ReactFlowProvider>
    </LiveContext.Provider>
  );
}

function Watching({ journey, store, view, onView, choices, asked, held, running }: Props) {
  const { t } = useSay();
  const { number } = useFormats();
  const telling = useJourneyTelling(journey);
  const eligible = useEligible(journey.settings);
  const layout = useMemo(() => layoutOf(journey, liveGeometry), [journey]);
  const [mapStore] = useState(createMapStore);
  const [selection, setSelection] = useState<string[]>([]);
  const [open, setOpen] = useState<string | undefined>();
  const [tab, setTab] = useState('queue');
  const [said, setSaid] = useState('');
  const [shows, setShows] = useMapShows();
  const [asking, setAsking] = useState(false);
  const [help, setHelp] = useState(false);
  const [finding, setFinding] = useState(false);
  const [failures, setFailures] = useState(false);
  const newest = Math.max(0, ...choices.versions);

  const openPoint = useCallback(
    (id: string, on?: string) => {
      setSelection([id]);
      setOpen(id);
      const kind = journey.points[id]?.kind;
      setTab(on ?? (kind === 'experiment' ? kind : kind !== undefined && kind !== 'end' ? 'queue' : 'numbers'));
    },
    [journey],
  );
  const actions = useMemo<MapActions>(
    () => ({
      onFocus: (id) => mapStore.setState({ focus: id }),
      onOpen: (id) => openPoint(id),
      onQueue: (id) => openPoint(id, 'queue'),
      onFailed: (id) => openPoint(id, 'failed'),
    }),
    [mapStore, openPoint],
  );
  useOpenAsked(asked, layout, openPoint);
  useEffect(() => store.setState({ held: new Set(held) }), [store, held]);
  useEffect(() => store.setState({ journey }), [store, journey]);
  const readNumbers = () => {
    const now = store.getState().statistics;
    if (now)
      setSaid(
        t('map.totals.read', {
          started: number(now.started),
          inProgress: number(now.inProgress),
          successful: number(now.ended.successful ?? 0),
          completed: number(now.completed),
        }),
      );
  };
  const keys = useMapKeys(layout, mapStore, selection, {
    open: openPoint,
    back: () => {
      setSelection([]);
      setOpen(undefined);
    },
    toggle: (id) => setSelection(selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id]),
    queue: (id) => openPoint(id, 'queue'),
    why: () => setAsking(true),
    readNumbers,
    goTo: () => setFinding(true),
    outline: () => onView('outline'),
    help: () => setHelp(true),
  });
  /** Closes what was open, and the keyboard is back on the map. */
  const back = (close: () => void) => () => {
    close();
    requestAnimationFrame(() => mapStore.setState((state) => ({ focusAsked: state.focusAsked + 1 })));
  };
  useOnViewportChange({
    onStart: () => store.setState({ paused: true, trains: [] }),
    onEnd: () => store.setState({ paused: false }),
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the points of the tree inside.
    <div className={editorClasses.body} onKeyDown={keys.onKeyDown}>
      <div className={`${editorClasses.stage} ${classes.stage}`}>
        <TotalsBar view={view} onView={onView} eligible={eligible} choices={choices} onFailed={() => setFailures(true)} />
        <MapViewProvider store={mapStore} actions={actions}>
          {view === 'map' ? (
            <JourneyMap
              journey={journey}
              telling={telling}
              mode="live"
              store={mapStore}
              selection={selection}
              onSelect={setSelection}
              jumps={shows.jumps}
              notes={shows.notes}
            >
              <Trains layout={layout} />
            </JourneyMap>
          ) : (
            <Outline
              journey={journey}
              telling={telling}
              mode="live"
              store={mapStore}
              selection={selection}
              onSelect={(id) => openPoint(id)}
              onQueue={(id) => openPoint(id, 'queue')}
            />
          )}
        </MapViewProvider>
        {view === 'map' && <MapSwitches journey={journey} layout={layout} shows={shows} onChange={setShows} />}
        <div className={editorClasses.quiet} role="status" aria-live="polite">
          {said}
        </div>
      </div>
      {open && (
        <PointPane
          running={running}
          newest={newest}
          choices={choices}
          key={open}
          id={open}
          journey={journey}
          telling={telling}
          letters={layout.letters}
          tab={tab}
          onTab={setTab}
          onClose={() => {
            setOpen(undefined);
            mapStore.setState((state) => ({ focus: open, focusAsked: state.focusAsked + 1 }));
          }}
        />
      )}
      {finding && (
        <GoToPoint
          journey={journey}
          layout={layout}
          telling={telling}
          onGo={(id) => keys.goTo(layout.stations.find((station) => station.id === id))}
          onClose={back(() => setFinding(false))}
        />
      )}
      {failures && (
        <Failures
          journey={journey}
          telling={telling}
          newest={newest}
          running={running}
          onClose={back(() => setFailures(false))}
        />
      )}
      {asking && <AskWhy journey={journey} onClose={back(() => setAsking(false))} />}
      {help && <KeysHelp live onClose={back(() => setHelp(false))} />}
    </div>
  );
}
