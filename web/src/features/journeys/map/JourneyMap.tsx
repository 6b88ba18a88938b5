import '@xyflow/react/dist/base.css';
import { Background, type NodeChange, ReactFlow, type ReactFlowState, useReactFlow, useStore } from '@xyflow/react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { useSay } from '@/lib/say';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { outlineOf, placesOf } from '../outline/outline';
import { cardOf } from '../points/catalogue';
import { editing, live } from './geometry';
import classes from './JourneyMap.module.css';
import { Jumps } from './Jumps';
import { Lines } from './Lines';
import { layout as layoutOf, type MapLayout } from './layout';
import type { MapStore } from './MapView';
import { Minimap } from './Minimap';
import { type MapModel, type Mode, modelOf } from './model';
import { NoteCard } from './NoteCard';
import { OnLines } from './OnLines';
import { StageBands } from './StageBands';
import { StationCard } from './StationCard';
import { viewOfAll } from './viewport';
import { ZoomTools } from './ZoomTools';

const noEdges: never[] = [];
const nodeTypes = { station: StationCard, note: NoteCard };
/** Above this only what is in view is in the page. */
const allRenderedMax = 100;

interface Props {
  journey: Journey;
  telling: Telling;
  mode: Mode;
  store: MapStore;
  selection: string[];
  onSelect?: (ids: string[]) => void;
  openAt?: string;
  dragging?: boolean;
  jumps?: boolean;
  notes?: boolean;
  minimap?: boolean;
  /** Of a preview: whether it can be moved and zoomed, to be looked at closer. */
  movable?: boolean;
  children?: ReactNode;
}

const zoomLevel = (state: ReactFlowState) => {
  const zoom = state.transform[2];
  return zoom > 0.7 ? 'full' : zoom > 0.45 ? 'near' : zoom > 0.2 ? 'far' : 'lines';
};

/** The journey as a metro map. It draws and tells what was pressed; what that means is decided by whoever shows it. */
export function JourneyMap({
  journey,
  telling,
  mode,
  store,
  selection,
  onSelect,
  openAt,
  dragging = false,
  jumps = false,
  notes = true,
  minimap = true,
  movable = mode !== 'preview',
  children,
}: Props) {
  const { t } = useSay();
  const layout = useMemo(() => layoutOf(journey, mode === 'live' ? live : editing), [journey, mode]);
  const last = useRef<MapModel>(undefined);
  const model = useMemo(() => {
    last.current = modelOf(journey, layout, telling, mode, last.current);
    return last.current;
  }, [journey, layout, telling, mode]);
  const nodes = useMemo(() => {
    const chosen = new Set(selection);
    const shown = notes ? model.nodes : model.nodes.filter((node) => node.type !== 'note');
    return shown.map((node) => (chosen.has(node.id) ? { ...node, selected: true } : node));
  }, [model, selection, notes]);
  useEffect(() => {
    const focus = store.getState().focus;
    const first = layout.stations[0]?.id;
    store.setState({
      places: placesOf(outlineOf(journey)),
      focus: layout.stations.some((station) => station.id === focus) ? focus : first,
    });
  }, [journey, layout, store]);

  const onNodesChange = useCallback(
    (changes: NodeChange[]) => {
      const chosen = new Set(selection);
      let any = false;
      for (const change of changes) {
        if (change.type !== 'select') continue;
        any = true;
        if (change.selected) chosen.add(change.id);
        else chosen.delete(change.id);
      }
      if (any) onSelect?.([...chosen]);
    },
    [selection, onSelect],
  );
  const nameOf = useCallback((id: string) => cardOf(journey, id, telling).title, [journey, telling]);
  const wrapper = useTree(t('map.tree', { name: journey.name }), mode !== 'preview');
  const zoom = useStore(zoomLevel);
  const flow = useReactFlow();
  const showAll = (on: Pick<typeof flow, 'setViewport'>, duration?: number) => {
    const box = wrapper.current?.getBoundingClientRect();
    if (box) void on.setViewport(viewOfAll(layout, box, mode), { duration });
  };
  useSteadyPoint(layout, selection);
  // A preview that grows, as in the guided set-up, is always seen whole.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the drawing changes, and not whenever it is drawn.
  useEffect(() => {
    if (mode === 'preview') showAll(flow);
  }, [layout, mode, flow]);

  return (
    <div className={classes.map} ref={wrapper} data-zoom={zoom} data-dragging={dragging || undefined} data-mode={mode}>
      <ReactFlow
        nodes={nodes}
        edges={noEdges}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        onlyRenderVisibleElements={layout.stations.length > allRenderedMax}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={mode !== 'preview'}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode="Shift"
        panOnScroll={movable}
        panOnDrag={movable}
        zoomOnScroll={false}
        preventScrolling={movable}
        zoomOnDoubleClick={false}
        minZoom={0.08}
        maxZoom={1.6}
        onInit={(on) => showAll(on)}
        proOptions={{ hideAttribution: true }}
        onPaneClick={() => onSelect?.([])}
      >
        {mode !== 'preview' && <Background gap={20} size={1.4} />}
        <StageBands layout={layout} mode={mode} selection={selection} nameOf={nameOf} />
        <Lines lines={layout.lines} width={layout.width} height={layout.height} />
        <OnLines plates={model.plates} pluses={model.pluses} mode={mode} openAt={openAt} nameOf={nameOf} />
        <Jumps layout={layout} all={jumps} selection={selection} nameOf={nameOf} />
        {movable && (
          <div className={classes.tools}>
            <ZoomTools onFit={() => showAll(flow, 260)} />
          </div>
        )}
        {minimap && mode !== 'preview' && layout.stations.length > 12 && (
          <div className={classes.corner}>
            <Minimap layout={layout} />
          </div>
        )}
        {children}
      </ReactFlow>
    </div>
  );
}

/** React Flow calls itself an application; to assistive technology it is one tree of points. */
function useTree(label: string, isTree: boolean) {
  const wrapper = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const flow = wrapper.current?.querySelector('.react-flow');
    const nodes = wrapper.current?.querySelector('.react-flow__nodes');
    flow?.removeAttribute('role');
    if (!isTree) return;
    nodes?.setAttribute('role', 'tree');
    nodes?.setAttribute('aria-multiselectable', 'true');
    nodes?.setAttribute('aria-label', label);
  }, [label, isTree]);
  return wrapper;
}

/** What is selected stays where it is on the screen when an edit moves it. */
function useSteadyPoint(layout: MapLayout, selection: string[]) {
  const flow = useReactFlow();
  const before = useRef(layout);
  useEffect(() => {
    const was = before.current;
    before.current = layout;
    if (was === layout) return;
    const id = selection[0];
    const old = was.stations.find((station) => station.id === id);
    const now = layout.stations.find((station) => station.id === id);
    if (!old || !now || (old.x === now.x && old.y === now.y)) return;
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({ x: x - (now.x - old.x) * zoom, y: y - (now.y - old.y) * zoom, zoom }, { duration: 260 });
  }, [layout, selection, flow]);
}
