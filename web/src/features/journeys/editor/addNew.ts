import type { Point, PointKind } from '../definition/journey';
import { newId } from '../edit/applyEdit';
import type { Place } from '../edit/edits';
import { pointKinds, points } from '../points/catalogue';
import type { EditorStore } from '../state/editor';

/** A new point of a kind at a place; what it is called, or nothing where it could not be put. */
export function addNew(store: EditorStore, kind: string, place: Place | undefined): string | undefined {
  const [named, action] = kind.split(':', 2);
  const known = pointKinds.find((one): one is PointKind => one === named);
  if (!known) return undefined;
  const { journey, edit } = store.getState();
  const id = newId(journey, known);
  const made = (): Point => (action ? { ...points.customAction.create(), action } : points[known].create());
  const alone = known === 'stage' || known === 'end';
  if (!place) return alone && edit({ kind: 'addStage', id, point: made() }) ? id : undefined;
  return edit({ kind: 'insert', place, id, point: made() }) ? id : undefined;
}
