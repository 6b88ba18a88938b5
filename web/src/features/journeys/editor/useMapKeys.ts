import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useCallback } from 'react';
import { letterKeysOn } from '@/lib/letterKeys';
import type { MapLayout, Station } from '../map/layout';
import type { MapStore } from '../map/MapView';
import { viewOfAll } from '../map/viewport';

export interface KeyCommands {
  open: (id: string) => void;
  back: () => void;
  addAfter?: (id: string) => void;
  addBefore?: (id: string) => void;
  remove?: (ids: string[]) => void;
  command?: (command: 'copy' | 'cut' | 'paste' | 'duplicate', id: string) => void;
  move?: (id: string, by: -1 | 1) => void;
  toggle: (id: string) => void;
  queue?: (id: string) => void;
  why?: (id: string) => void;
  readNumbers?: () => void;
  goTo: () => void;
  outline: () => void;
  help: () => void;
}

/** The keys of the map: they act only while one of its points has the focus. */
export function useMapKeys(layout: MapLayout, store: MapStore, selection: string[], commands: KeyCommands) {
  const flow = useReactFlow();
  const goTo = useCallback(
    (station: Station | undefined) => {
      if (!station) return;
      store.setState((state) => ({ focus: station.id, focusAsked: state.focusAsked + 1 }));
      show(flow, station);
    },
    [flow, store],
  );
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const id = target.closest('[data-point]')?.getAttribute('data-point');
      if (!id || target.getAttribute('role') !== 'treeitem') return;
      const done = act(event, id, { layout, flow, selection, commands, goTo });
      if (!done) return;
      event.preventDefault();
      event.stopPropagation();
    },
    [layout, flow, selection, commands, goTo],
  );
  return { onKeyDown, goTo };
}

/** Brings a station into view, and moves nothing if it is in view. */
export function show(flow: ReturnType<typeof useReactFlow>, station: Station) {
  const { x, y, zoom } = flow.getViewport();
  const box = boxOfMap();
  if (!box) return;
  const left = station.x * zoom + x;
  const top = station.y * zoom + y;
  if (left > 40 && top > 60 && left < box.width - 260 * zoom && top < box.height - 60) return;
  void flow.setCenter(station.x + 120, station.y, { zoom, duration: 260 });
}

function boxOfMap(): DOMRect | undefined {
  return document.querySelector('.react-flow')?.getBoundingClientRect();
}

interface Context {
  layout: MapLayout;
  flow: ReturnType<typeof useReactFlow>;
  selection: string[];
  commands: KeyCommands;
  goTo: (station: Station | undefined) => void;
}

function act(event: KeyboardEvent, id: string, { layout, flow, selection, commands, goTo }: Context): boolean {
  const held = event.ctrlKey || event.metaKey;
  // What has the focus is meant, and what is selected with it; never something else that was selected before.
  const ids = selection.includes(id) ? selection : [id];
  const can = (run: (() => void) | undefined) => {
    run?.();
    return run !== undefined;
  };
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
    return can(commands.move && (() => commands.move?.(id, event.key === 'ArrowUp' ? -1 : 1)));
  if (held) {
    const command = ({ c: 'copy', x: 'cut', v: 'paste', d: 'duplicate' } as const)[event.key.toLowerCase() as 'c'];
    return command ? can(commands.command && (() => commands.command?.(command, id))) : false;
  }
  // What tells of the keys, and how to have them back, is always there.
  if (/^[a-z]$/i.test(event.key) && !letterKeysOn()) return false;
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
    case 'ArrowLeft':
    case 'ArrowRight':
      goTo(neighbour(layout, id, event.key));
      return true;
    case 'Home':
      goTo(layout.stations[0]);
      return true;
    case 'End':
      goTo(endOfLine(layout, id));
      return true;
    case 'Enter':
      commands.open(id);
      return true;
    case ' ':
      commands.toggle(id);
      return true;
    case 'Escape':
      commands.back();
      return true;
    case 'Delete':
    case 'Backspace':
      return can(commands.remove && (() => commands.remove?.(ids)));
    case 'a':
      return can(commands.addAfter && (() => commands.addAfter?.(id)));
    case 'A':
      return can(commands.addBefore && (() => commands.addBefore?.(id)));
    case 'q':
      return can(commands.queue && (() => commands.queue?.(id)));
    case 'y':
      return can(commands.why && (() => commands.why?.(id)));
    case 'n':
      return can(commands.readNumbers);
    case 'g':
      return can(commands.goTo);
    case 'o':
      return can(commands.outline);
    case '?':
      return can(commands.help);
    case '+':
    case '=':
      return can(() => void flow.zoomIn({ duration: 180 }));
    case '-':
      return can(() => void flow.zoomOut({ duration: 180 }));
    case '0':
      return can(() => void flow.zoomTo(1, { duration: 180 }));
    case '1':
      return can(() => {
        const box = boxOfMap();
        if (box) void flow.setViewport(viewOfAll(layout, box, commands.queue ? 'live' : 'edit'), { duration: 260 });
      });
    default:
      return false;
  }
}

type Arrow = 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight';

/** Along the line with up and down, into a branch or to the neighbouring line with right and left. */
export function neighbour(layout: MapLayout, id: string, key: Arrow): Station | undefined {
  const stop = (wanted: string | undefined) =>
    layout.stations.find((station) => station.id === wanted && station.kind !== 'open');
  const here = stop(id);
  if (!here) return undefined;
  if (key === 'ArrowDown') return stop(layout.lines.find((line) => line.of === id)?.to);
  const onto = layout.lines.filter((line) => line.to === id);
  if (key === 'ArrowUp') return stop((onto.find((line) => line.letter === here.letter) ?? onto[0])?.of);
  const branches = layout.lines.filter((line) => line.of === id).slice(1);
  if (key === 'ArrowRight') {
    const into = stop(branches[0]?.to);
    if (into && into.x > here.x) return into;
  }
  // Beside it: the nearest station on a line further that way.
  const side = layout.stations.filter(
    (station) => station.kind !== 'open' && (key === 'ArrowRight' ? station.x > here.x : station.x < here.x),
  );
  return side.sort((a, b) => distance(a, here) - distance(b, here))[0];
}

function distance(a: Station, b: Station) {
  return Math.abs(a.x - b.x) * 2 + Math.abs(a.y - b.y);
}

function endOfLine(layout: MapLayout, id: string): Station | undefined {
  let at = id;
  const seen = new Set<string>();
  for (
    let next: string | undefined = at;
    next && !seen.has(next) && !next.startsWith('open:');
    next = layout.lines.find((line) => line.of === next)?.to
  ) {
    seen.add(next);
    at = next;
  }
  return layout.stations.find((station) => station.id === at);
}
