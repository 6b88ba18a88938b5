import { useMemo } from 'react';
import { exitsOf } from '../definition/exits';
import type { MapActions, MapStore } from '../map/MapView';
import { useEditor, useEditorStore } from '../state/EditorContext';
import type { EditorState } from '../state/editor';
import { addNew } from './addNew';

const journeyOf = (state: EditorState) => state.journey;
const selectionOf = (state: EditorState) => state.selection;
const draggedOf = (state: EditorState) => state.dragged;

/** What the mouse does on a map that is edited: opens, drags, drops, adds, writes notes. */
export function useMapActions(mapStore: MapStore, onPane: (open: boolean) => void): MapActions {
  const store = useEditorStore();
  const journey = useEditor(journeyOf);
  const selection = useEditor(selectionOf);
  const dragged = useEditor(draggedOf);
  return useMemo<MapActions>(
    () => ({
      onFocus: (id) => mapStore.setState({ focus: id }),
      onOpen: (id) => onPane(id !== ''),
      onDrag: (id) =>
        store.getState().drag(id === undefined ? undefined : { what: 'points', ids: selection.includes(id) ? selection : [id] }),
      onPlus: (exits) => store.getState().openPanel({ exits }),
      onNote: (id, text) =>
        store.getState().edit(text === undefined ? { kind: 'deleteNote', id } : { kind: 'changeNote', id, text }),
      mayDrop: (exits, openEnd) => {
        if (!dragged) return false;
        if (dragged.what === 'new')
          return openEnd || (dragged.kind !== 'end' && dragged.kind !== 'goTo' && dragged.kind !== 'archive');
        const [id] = dragged.ids;
        const point = id === undefined ? undefined : journey.points[id];
        if (!point) return false;
        return !exits.some((exit) => dragged.ids.includes(exit.of)) && (openEnd || exitsOf(point).length > 0);
      },
      onDrop: (exits) => {
        const { edit, drag, select } = store.getState();
        drag(undefined);
        if (!dragged) return;
        if (dragged.what === 'points') {
          edit({ kind: 'move', ids: Object.keys(journey.points).filter((id) => dragged.ids.includes(id)), place: { exits } });
          return;
        }
        const added = addNew(store, dragged.kind, { exits });
        if (added) {
          select([added], added);
          onPane(true);
        }
      },
    }),
    [store, mapStore, dragged, journey, selection, onPane],
  );
}
