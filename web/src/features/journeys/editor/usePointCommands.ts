import { useCallback } from 'react';
import { exitsOf, startOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import type { Place } from '../edit/edits';
import { fragmentOf, rowOf } from '../edit/fragment';
import { incoming } from '../edit/links';
import { useEditorStore } from '../state/EditorContext';
import { clipboard, copyToClipboard, placeAfter } from '../state/editor';
import type { PointCommand } from './PointMenu';

/** What the menu of a point and the keys do. `ask` opens what has to be asked first. */
export function usePointCommands(ask: {
  deleteRule: (id: string) => void;
  moveTo: (id: string) => void;
  author: string | undefined;
}) {
  const store = useEditorStore();
  const { deleteRule, moveTo, author } = ask;
  return useCallback(
    (command: PointCommand, id: string) => {
      const { journey, selection, edit, select } = store.getState();
      const ids = selection.includes(id) && selection.length > 1 ? inOrder(journey, selection) : [id];
      switch (command) {
        case 'copy':
        case 'cut': {
          const fragment = ids.length > 1 ? rowOf(journey, ids) : fragmentOf(journey, id, false);
          if (!fragment) return;
          copyToClipboard(fragment);
          // A rule goes with what hangs on it, as it was copied.
          if (command === 'cut')
            edit(
              ids.length === 1 && isFork(journey, id)
                ? { kind: 'delete', ids: [id], keep: {} }
                : { kind: 'delete', ids, keep: {} },
            );
          return;
        }
        case 'paste':
        case 'duplicate': {
          const fragment =
            command === 'paste' ? clipboard() : ids.length > 1 ? rowOf(journey, ids) : fragmentOf(journey, id, false);
          const place = placeAfter(journey, ids.at(-1) ?? id);
          if (fragment && place) edit({ kind: 'paste', place, fragment });
          return;
        }
        case 'moveTo':
          moveTo(id);
          return;
        case 'note':
          edit({
            kind: 'addNote',
            note: { id: `note-${Date.now().toString(36)}`, near: id, text: '', author, at: new Date().toISOString() },
          });
          return;
        case 'delete':
          if (startOf(journey, id)) edit({ kind: 'deleteStart', id });
          else if (ids.length === 1 && isFork(journey, id)) deleteRule(id);
          else edit({ kind: 'delete', ids, keep: {} });
          select([]);
          return;
        case 'deleteBranch': {
          // From here on: what leads here leads nowhere any more.
          edit({ kind: 'cutBranch', exits: incoming(journey, id) });
          select([]);
          return;
        }
        default:
          command satisfies never;
      }
    },
    [store, deleteRule, moveTo, author],
  );
}

function isFork(journey: Journey, id: string): boolean {
  const point = journey.points[id];
  return point !== undefined && exitsOf(point).length > 1;
}

/** Selected points as they stand in the document: that is the order in which they are put elsewhere. */
function inOrder(journey: Journey, ids: string[]): string[] {
  return Object.keys(journey.points).filter((id) => ids.includes(id));
}

/** One stop up or down the line; undefined where there is none. */
export function placeAlong(journey: Journey, id: string, by: -1 | 1): Place | undefined {
  if (by === 1) {
    const point = journey.points[id];
    const next = point && exitsOf(point)[0]?.target;
    return next ? placeAfter(journey, next) : undefined;
  }
  const before = incoming(journey, id)[0]?.of;
  if (!before || startOf(journey, before)) return undefined;
  const exits = incoming(journey, before);
  return exits.length > 0 ? { exits } : undefined;
}
