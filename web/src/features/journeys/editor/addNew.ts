import type { PointKind } from '../definition/journey';
import { newId } from '../edit/applyEdit';
import type { Place } from '../edit/edits';
import { pointKinds, points } from '../points/catalogue';
import type { EditorStore } from '../state/editor';

/** A new point of a kind at a place; what it is called, or nothing where it could not be put. */
export function addNew(store: EditorStore, kind: string, place: Place | undefined): string | undefined {
  const known = pointKinds.find((one): one is PointKind => one === kind);
  if (!known) return undefined;
  const { journey, edit } = store.getState();
  const id = newId(journey, known);
  const alone = known === 'stage' || known === 'end';
  if (!place) return alone && edit({ kind: 'addStage', id, point: points[known].create() }) ? id : undefined;
  return edit({ kind: 'insert', place, id, point: points[known].create() }) ? id : undefined;
}
