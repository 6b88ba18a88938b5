import { createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Schemas } from '@/api/client';
import type { Journey } from '../definition/journey';
import { isOffTheLine, type Passage, passageOf } from './passage';

export type Statistics = Schemas['JourneyStatistics'];
export type PointNumbers = Schemas['PointStatistics'];

/** One train: so many people who passed a stretch since the numbers before. */
export interface Train {
  id: number;
  /** The stretch, `of/edge`. */
  key: string;
  /** When it set out, in ms of the page. */
  at: number;
}

export interface LiveState {
  statistics: Statistics | undefined;
  points: ReadonlyMap<string, PointNumbers>;
  /** People by stretch, and the most on any. */
  flows: ReadonlyMap<string, number>;
  most: number;
  trains: Train[];
  /** Trains stand still while the map is moved. */
  paused: boolean;
  /** Points of the journey that are paused on their own. */
  held: ReadonlySet<string>;
  /** The journey that the numbers are of, as soon as it is known. */
  journey: Journey | undefined;
}

export type LiveStore = StoreApi<LiveState>;

/** More would be a crowd, and cost frames. */
export const trainsMax = 24;
/** By then a train has arrived, or was never drawn: its stretch is not on this map, or nothing is to move. */
const rideMsMax = 3_000;

export function createLiveStore(): LiveStore {
  return createStore<LiveState>(() => ({
    statistics: undefined,
    points: new Map(),
    flows: new Map(),
    most: 0,
    trains: [],
    paused: false,
    held: new Set(),
    journey: undefined,
  }));
}

let trainId = 0;

/** New numbers: what is on each stretch, and a train for each where somebody passed since the last ones. */
export function update(store: LiveStore, statistics: Statistics, starts: { id: string; next?: string }[]) {
  const before = store.getState();
  const flows = flowsOf(statistics, starts, before.journey);
  const passed = before.statistics
    ? [...flows].filter(([key, people]) => people > (before.flows.get(key) ?? 0)).map(([key]) => key)
    : [];
  const at = performance.now();
  const riding = before.trains.filter((train) => at - train.at < rideMsMax);
  const room = before.paused ? 0 : trainsMax - riding.length;
  store.setState({
    statistics,
    points: new Map(statistics.points.map((point) => [point.point, point])),
    flows,
    most: Math.max(0, ...flows.values()),
    trains: [...riding, ...passed.slice(0, Math.max(0, room)).map((key) => ({ id: ++trainId, key, at }))],
  });
}

export function arrived(store: LiveStore, id: number) {
  store.setState((state) => ({ trains: state.trains.filter((train) => train.id !== id) }));
}

/** Each point tells by which way people left it; a lone entrance has brought everybody. */
export function flowsOf(
  statistics: Statistics,
  starts: { id: string; next?: string }[],
  journey: Journey | undefined,
): Map<string, number> {
  const flows = new Map<string, number>();
  // Who left by no line makes none wider, and rides no train.
  for (const { point, left } of statistics.points)
    for (const [edge, people] of Object.entries(left))
      if (!isOffTheLine(journey, point, edge)) flows.set(`${point}/${edge}`, people);
  const byStart = (statistics as { starts?: Record<string, number> }).starts;
  for (const start of starts) {
    const people = byStart?.[start.id] ?? (starts.length === 1 ? statistics.started : undefined);
    // Who stands in line there has not set out yet.
    const waiting = statistics.points.find(({ point }) => point === start.id)?.waiting ?? 0;
    if (people !== undefined) flows.set(`${start.id}/next`, people - waiting);
  }
  return flows;
}

const widest = 18;
const thinnest = 3;

/** A stretch's width in px: 18 for the most on any, at least 3; nobody is 2 px, faint. */
export function widthOf(people: number, most: number): { width: number; empty: boolean } {
  if (people === 0 || most === 0) return { width: 2, empty: true };
  return { width: Math.max(thinnest, Math.round((widest * people * 10) / most) / 10), empty: false };
}

export const LiveContext = createContext<LiveStore | undefined>(undefined);
const none = createLiveStore();

export function useLive<T>(selector: (state: LiveState) => T): T {
  return useStore(useContext(LiveContext) ?? none, selector);
}

/** undefined: this map shows no traffic, or it is not known how many came by here. */
export function useLineWidth(key: string): { width: number; empty: boolean } | undefined {
  const width = useLive((state) => {
    if (!state.statistics) return -1;
    const people = state.flows.get(key);
    return people === undefined ? 0 : widthOf(people, state.most).width;
  });
  return width < 0 ? undefined : { width: width === 0 ? 2 : width, empty: width <= 2 };
}

/** Who went on from a point, and who left the journey or the line there; undefined while nobody came. */
export function usePassage(id: string): Passage | undefined {
  const point = useLive((state) => state.points.get(id));
  const journey = useLive((state) => state.journey);
  return point && passageOf(journey, id, point.left);
}
