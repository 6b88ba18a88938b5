import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useSay } from '@/lib/say';
import { startOf } from '../definition/exits';
import { incoming } from '../edit/links';
import { JourneyMap } from '../map/JourneyMap';
import { layout as layoutOf } from '../map/layout';
import { MapSwitches, useMapShows } from '../map/MapSwitches';
import { createMapStore, MapViewProvider } from '../map/MapView';
import { ViewSwitch } from '../map/ViewSwitch';
import { useJourneyTelling } from '../points/catalogue';
import { useEditor, useEditorStore } from '../state/EditorContext';
import type { EditorState } from '../state/editor';
import { placeAfter } from '../state/editor';
import { AddStage } from './AddStage';
import { addNew } from './addNew';
import { DeleteRule } from './DeleteRule';
import { DoneToast } from './DoneToast';
import { DraftOutline } from './DraftOutline';
import classes from './Editor.module.css';
import { ErrorsPane } from './ErrorsPane';
import { GoToPoint } from './GoToPoint';
import { KeysHelp } from './KeysHelp';
import { PointPanel } from './PointPanel';
import { PropertiesPane } from './PropertiesPane';
import { problemsOf, severities } from './problems';
import { ReadPane } from './ReadPane';
import { SelectionBar } from './SelectionBar';
import { Tour } from './Tour';
import { useMapActions } from './useMapActions';
import { show, useMapKeys } from './useMapKeys';
import { type AskedPoint, useOpenAsked } from './useOpenAsked';
import { placeAlong, usePointCommands } from './usePointCommands';
import { useTour } from './useTour';

const journeyOf = (state: EditorState) => state.journey;
const selectionOf = (state: EditorState) => state.selection;
const placeOf = (state: EditorState) => state.place;
const draggedOf = (state: EditorState) => state.dragged;
const reasonsOf = (state: EditorState) => state.problems;
const conflictsOf = (state: EditorState) => state.conflicts;

interface Props {
  view: 'map' | 'outline';
  onView: (view: 'map' | 'outline') => void;
  checkOpen: boolean;
  onCheck: (open: boolean) => void;
  author: string | undefined;
  /** On a phone a draft is read. */
  reading: boolean;
  asked: AskedPoint;
  /** A version of it is live: the outline tells how many wait and have passed. */
  running: boolean;
}

/** A journey being edited, on the map or in the outline. */
export function EditorView(props: Props) {
  return (
    <ReactFlowProvider>
      <Editing {...props} />
    </ReactFlowProvider>
  );
}

function Editing({ view, onView, checkOpen, onCheck, author, reading, asked, running }: Props) {
  const { t } = useSay();
  const store = useEditorStore();
  const navigate = useNavigate();
  const journey = useEditor(journeyOf);
  const selection = useEditor(selectionOf);
  const place = useEditor(placeOf);
  const dragged = useEditor(draggedOf);
  const reasons = useEditor(reasonsOf);
  const conflicts = useEditor(conflictsOf);
  const telling = useJourneyTelling(journey);
  const layout = useMemo(() => layoutOf(journey), [journey]);
  const problems = useMemo(() => problemsOf(journey, reasons), [journey, reasons]);
  const [mapStore] = useState(createMapStore);
  const [problemAt, setProblemAt] = useState(0);
  const [asking, setAsking] = useState<{ what: 'deleteRule' | 'moveTo' | 'goTo' | 'keys'; id: string } | undefined>();
  const [pane, setPane] = useState(false);
  const [touring, tour] = useTour();
  const [shows, setShows] = useMapShows();
  const stage = useRef<HTMLDivElement>(null);

  useEffect(() => {
    mapStore.setState({
      problems: severities(journey, problems),
      conflicts: new Set(conflicts.map((conflict) => conflict.part.split('/')[1] ?? '')),
    });
  }, [mapStore, journey, problems, conflicts]);

  const ask = useMemo(
    () => ({
      deleteRule: (id: string) => setAsking({ what: 'deleteRule', id }),
      moveTo: (id: string) => setAsking({ what: 'moveTo', id }),
      author,
    }),
    [author],
  );
  const command = usePointCommands(ask);
  const openPoint = useCallback(
    (id: string) => {
      store.getState().select([id], id);
      setPane(true);
    },
    [store],
  );
  useOpenAsked(asked, layout, openPoint);
  // The pane takes room: what it is about stays in view.
  const flow = useReactFlow();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another is opened, not whenever it is edited.
  useEffect(() => {
    const station = pane && selection.length === 1 ? layout.stations.find((one) => one.id === selection[0]) : undefined;
    if (!station) return;
    // React Flow learns its new width a frame later.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => show(flow, station));
    });
    return () => cancelAnimationFrame(frame);
  }, [pane, selection, flow]);
  const focusPoint = useCallback(
    (id: string | undefined) => {
      if (id) mapStore.setState((state) => ({ focus: id, focusAsked: state.focusAsked + 1 }));
    },
    [mapStore],
  );

  const toggle = (id: string) =>
    store.getState().select(selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id], id);
  const keys = useMapKeys(layout, mapStore, selection, {
    open: (id) => {
      openPoint(id);
      requestAnimationFrame(() =>
        stage.current?.parentElement
          ?.querySelector<HTMLElement>('section input, section [role="combobox"], section textarea')
          ?.focus(),
      );
    },
    back: () => {
      store.getState().select([]);
      setPane(false);
    },
    toggle,
    addAfter: (id) => store.getState().openPanel(placeAfter(journey, id)),
    addBefore: (id) => {
      const exits = incoming(journey, id);
      if (exits.length > 0) store.getState().openPanel({ exits });
    },
    remove: (ids) => {
      const [id = ''] = ids;
      const before = incoming(journey, id)[0]?.of;
      command('delete', id);
      // Where a point went, the keyboard stands at the one before it; one that asks first keeps it.
      if (!(id in store.getState().journey.points)) focusPoint(before);
    },
    command,
    move: (id, by) => {
      const to = placeAlong(journey, id, by);
      if (to) store.getState().edit({ kind: 'move', ids: [id], place: to });
      focusPoint(id);
    },
    goTo: () => setAsking({ what: 'goTo', id: '' }),
    outline: () => onView('outline'),
    help: () => setAsking({ what: 'keys', id: '' }),
  });

  const goToProblem = (at: number) => {
    setProblemAt(at);
    const id = problems[at]?.id;
    if (id === undefined) {
      if (problems[at]?.field.startsWith('settings')) void navigate(`/journeys/${journey.id}/settings`);
      return;
    }
    store.getState().select([id], id);
    keys.goTo(layout.stations.find((station) => station.id === id));
  };
  const step = (by: number) => {
    if (problems.length === 0) return;
    onCheck(true);
    goToProblem((problemAt + by + problems.length) % problems.length);
  };
  useHotkeys([
    ['F8', () => step(checkOpen ? 1 : 0)],
    ['shift+F8', () => step(-1)],
  ]);

  const actions = useMapActions(mapStore, setPane);

  /** What goes along: everything that is selected with it, in the order of the document. */
  const moved = (id: string) =>
    selection.includes(id) && selection.length > 1 ? Object.keys(journey.points).filter((one) => selection.includes(one)) : [id];

  /** What was asked is answered or let be: the keyboard is back on the map. */
  const closeAsking = () => {
    setAsking(undefined);
    const at = mapStore.getState().focus;
    requestAnimationFrame(() => focusPoint(at));
  };
  const closePanel = () => {
    const at = place?.exits[0]?.of;
    store.getState().openPanel(undefined);
    focusPoint(at);
  };
  const openAt =
    place &&
    layout.pluses.find((plus) =>
      plus.exits.some((exit) => exit.of === place.exits[0]?.of && exit.field === place.exits[0]?.field),
    );
  const several = selection.filter((id) => id in journey.points);
  const only = selection.length === 1 ? selection[0] : undefined;
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const empty = journey.start.length === 0 && Object.keys(journey.points).length === 0;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the points of the tree inside.
    <div className={classes.body} onKeyDown={reading ? undefined : keys.onKeyDown}>
      {(place || empty) && !reading && (
        <PointPanel
          key={JSON.stringify(place)}
          telling={telling}
          letter={openAt?.letter ?? ''}
          onClose={closePanel}
          onAdded={(id) => {
            store.getState().openPanel(undefined);
            store.getState().select([id], id);
            setPane(true);
            // The point is drawn with the next frame.
            requestAnimationFrame(() => focusPoint(id));
          }}
        />
      )}
      <div className={classes.stage} ref={stage}>
        <ViewSwitch view={view} onView={onView} />
        {errors > 0 && (
          <div className={classes.banner}>
            {t('map.check.banner', { count: errors })}
            <Button size="compact-sm" variant="default" onClick={() => step(checkOpen ? 1 : 0)}>
              {t('map.check.next')}
            </Button>
          </div>
        )}
        <MapViewProvider store={mapStore} actions={actions}>
          {view === 'map' ? (
            <JourneyMap
              journey={journey}
              telling={telling}
              mode="edit"
              store={mapStore}
              selection={selection}
              onSelect={(ids) => store.getState().select(ids)}
              openAt={openAt?.id}
              dragging={dragged !== undefined}
              jumps={shows.jumps}
              notes={shows.notes}
            >
              {empty && (
                <div className={classes.empty}>
                  <h2>{t('map.empty.title')}</h2>
                  <p>{t('map.empty.text')}</p>
                </div>
              )}
            </JourneyMap>
          ) : (
            <DraftOutline
              running={running}
              journey={journey}
              telling={telling}
              mode="edit"
              store={mapStore}
              selection={selection}
              onSelect={openPoint}
              onToggle={reading ? undefined : toggle}
              onAdd={reading ? undefined : (exits) => store.getState().openPanel({ exits })}
            />
          )}
        </MapViewProvider>
        {view === 'map' && <MapSwitches journey={journey} layout={layout} shows={shows} onChange={setShows} />}
        {several.length > 1 && !reading && (
          <SelectionBar ids={several} onCommand={command} onClear={() => store.getState().select([])} />
        )}
        {journey.settings?.stageProperty && several.length < 2 && !reading && (
          <AddStage
            onAdd={(kind) => {
              const added = addNew(store, kind, undefined);
              if (added) openPoint(added);
            }}
          />
        )}
        <DoneToast telling={telling} />
      </div>
      {checkOpen ? (
        <ErrorsPane
          journey={journey}
          telling={telling}
          letters={layout.letters}
          problems={problems}
          at={problemAt}
          onStep={step}
          onGo={goToProblem}
          onEdit={(edit) => store.getState().edit(edit)}
          onClose={() => onCheck(false)}
        />
      ) : (
        pane &&
        only &&
        (reading ? (
          <ReadPane id={only} journey={journey} telling={telling} onClose={() => setPane(false)} />
        ) : (
          <PropertiesPane
            key={only}
            id={only}
            journey={journey}
            telling={telling}
            letters={layout.letters}
            problems={problems}
            isStart={startOf(journey, only) !== undefined}
            onCommand={command}
            onClose={() => {
              setPane(false);
              focusPoint(only);
            }}
          />
        ))
      )}
      {asking?.what === 'deleteRule' && (
        <DeleteRule
          id={asking.id}
          journey={journey}
          telling={telling}
          onClose={closeAsking}
          onDelete={(keep) => {
            store.getState().edit({ kind: 'delete', ids: [asking.id], keep: { [asking.id]: keep } });
            closeAsking();
          }}
        />
      )}
      {(asking?.what === 'goTo' || asking?.what === 'moveTo') && (
        <GoToPoint
          journey={journey}
          layout={layout}
          telling={telling}
          moving={asking.what === 'moveTo'}
          onGo={(id) => {
            if (asking.what === 'moveTo') {
              const to = placeAfter(journey, id);
              if (to) store.getState().edit({ kind: 'move', ids: moved(asking.id), place: to });
            }
            keys.goTo(layout.stations.find((station) => station.id === (asking.what === 'goTo' ? id : asking.id)));
          }}
          onClose={closeAsking}
        />
      )}
      {asking?.what === 'keys' && (
        <KeysHelp
          live={false}
          onClose={closeAsking}
          onTour={() => {
            setAsking(undefined);
            tour(true);
          }}
        />
      )}
      {touring && <Tour onClose={() => tour(false)} />}
    </div>
  );
}
