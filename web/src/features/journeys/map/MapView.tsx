import { createContext, type ReactNode, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ExitRef } from '../definition/exits';
import type { TreePlace } from '../outline/outline';

/** What a point became between two versions, and who stands there. */
export interface MapMark {
  change: 'added' | 'changed' | 'removed' | 'same';
  /** Of what was changed: from what to what, where a line says it. */
  before?: string;
  after?: string;
  detail?: string;
  here?: string;
}

/** A station of the guided set-up that is asked about, or that stands for what was not asked yet. */
export interface MapAsk {
  /** Being asked at this moment. */
  now: boolean;
  caption: string;
  /** The question, where there is no answer yet. */
  title?: string;
}

export type Severity = 'error' | 'warning';

/** What changes often and concerns few stations: a slice of its own, so that nothing else is redrawn. */
export interface MapState {
  focus: string | undefined;
  /** Counts up when the focus is to be moved there, and not only remembered. */
  focusAsked: number;
  problems: ReadonlyMap<string, Severity>;
  conflicts: ReadonlySet<string>;
  marks: ReadonlyMap<string, MapMark>;
  places: ReadonlyMap<string, TreePlace>;
  asks: ReadonlyMap<string, MapAsk>;
}

export type MapStore = StoreApi<MapState>;

export function createMapStore(): MapStore {
  return createStore<MapState>(() => ({
    focus: undefined,
    focusAsked: 0,
    problems: new Map(),
    conflicts: new Set(),
    marks: new Map(),
    places: new Map(),
    asks: new Map(),
  }));
}

/** What can be done on the map; what is left out cannot be done on this one. */
export interface MapActions {
  onFocus?: (id: string) => void;
  onOpen?: (id: string) => void;
  onDrag?: (id: string | undefined) => void;
  onQueue?: (id: string) => void;
  onFailed?: (id: string) => void;
  onNote?: (id: string, text: string | undefined) => void;
  /** Whether what is dragged may be put there. */
  mayDrop?: (exits: ExitRef[], openEnd: boolean) => boolean;
  onDrop?: (exits: ExitRef[]) => void;
  onPlus?: (exits: ExitRef[]) => void;
}

const State = createContext<MapStore>(createMapStore());
const Actions = createContext<MapActions>({});

export function MapViewProvider({ store, actions, children }: { store: MapStore; actions: MapActions; children: ReactNode }) {
  return (
    <State.Provider value={store}>
      <Actions.Provider value={actions}>{children}</Actions.Provider>
    </State.Provider>
  );
}

export function useMapView(): MapActions {
  return useContext(Actions);
}

export function useMapState<T>(selector: (state: MapState) => T): T {
  return useStore(useContext(State), selector);
}
