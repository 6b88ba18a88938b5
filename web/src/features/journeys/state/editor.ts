import { createStore } from 'zustand/vanilla';
import type { Reason } from '@/api/problem';
import { exitsOf, startOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import { applyEdit } from '../edit/applyEdit';
import type { Conflict } from '../edit/changes';
import { merge, withChanges } from '../edit/changes';
import type { Edit, EditKind, Fragment, Place, Refusal } from '../edit/edits';
import { emptyHistory, type History, record, redo, undo } from '../edit/history';

export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused';

/** What is dragged over the map: a new point by its kind, or what is selected. */
export type Dragged = { what: 'new'; kind: string } | { what: 'points'; ids: string[] };

/** What was done last, for the live region and the toast with its Undo. */
export interface Done {
  edit: EditKind | 'undo' | 'redo';
  /** Points that came, went or were changed. */
  ids: string[];
  /** How many points there are less than before. */
  gone: number;
  count: number;
}

export interface EditorState {
  journey: Journey;
  /** As the server has it. */
  base: Journey;
  revision: number;
  history: History;
  selection: string[];
  /** The point that the keyboard is at. */
  focus: string | undefined;
  place: Place | undefined;
  dragged: Dragged | undefined;
  save: SaveState;
  savedAt: number | undefined;
  conflicts: Conflict[];
  /** Who else has saved while this was edited, as often as it happened. */
  met: { by: string | undefined; count: number } | undefined;
  problems: Reason[];
  /** Which journey the problems are of. */
  checked: Journey | undefined;
  checkedAt: number | undefined;
  done: Done | undefined;
  refused: { why: Refusal; count: number } | undefined;
}

export interface EditorActions {
  edit: (edit: Edit) => boolean;
  undo: () => void;
  redo: () => void;
  select: (ids: string[], focus?: string) => void;
  setFocus: (id: string | undefined) => void;
  openPanel: (place: Place | undefined) => void;
  drag: (dragged: Dragged | undefined) => void;
  setSave: (save: SaveState) => void;
  /** The server has taken this one. */
  taken: (journey: Journey, revision: number) => void;
  /** Somebody else was faster: theirs and mine become one. */
  meet: (theirs: Journey, revision: number, by?: string) => void;
  /** The other's version of a part, or parts of it, is taken after all; or mine is kept. */
  settle: (part: string, value: unknown) => void;
  setProblems: (problems: Reason[], of: Journey) => void;
}

export type EditorStore = ReturnType<typeof createEditor>;

export interface Beginning {
  journey: Journey;
  base: Journey;
  revision: number;
  history?: History;
  /** Parts that somebody else changed since, and that were changed here too. */
  conflicts?: Conflict[];
  /** Who that was, where it is known. */
  by?: string;
}

/** One journey being edited. Pure edits in, one state out; saving, checking and drawing look on. */
export function createEditor(beginning: Beginning) {
  return createStore<EditorState & EditorActions>()((set, get) => {
    const changed = (journey: Journey): Partial<EditorState> => ({
      journey,
      save: get().save === 'saving' ? 'saving' : 'waiting',
      selection: get().selection.filter((id) => isThere(journey, id)),
    });
    /** `about`: what it was done to, and comes first; others changed because they stand beside it. */
    const done = (edit: Done['edit'], before: Journey, after: Journey, about: string[] = []): Done => {
      const were = Object.keys(before.points).length;
      return {
        edit,
        ids: [...about, ...touched(before, after)],
        gone: Math.max(0, were - Object.keys(after.points).length),
        count: (get().done?.count ?? 0) + 1,
      };
    };
    return {
      journey: beginning.journey,
      base: beginning.base,
      revision: beginning.revision,
      history: beginning.history ?? emptyHistory,
      selection: [],
      focus: undefined,
      place: undefined,
      dragged: undefined,
      save: beginning.journey === beginning.base ? 'saved' : 'waiting',
      savedAt: undefined,
      conflicts: beginning.conflicts ?? [],
      met: beginning.conflicts ? { by: beginning.by, count: 1 } : undefined,
      problems: [],
      checked: undefined,
      checkedAt: undefined,
      done: undefined,
      refused: undefined,

      edit: (edit) => {
        const before = get().journey;
        const result = applyEdit(before, edit);
        if ('refused' in result) {
          set({ refused: { why: result.refused, count: (get().refused?.count ?? 0) + 1 } });
          return false;
        }
        const step = { edit: edit.kind, subject: subjectOf(edit), at: Date.now() };
        set({
          ...changed(result.journey),
          history: record(get().history, step, before, result.journey),
          done: done(edit.kind, before, result.journey, edit.kind === 'move' ? edit.ids : []),
        });
        return true;
      },
      undo: () => {
        const back = undo(get().history, get().journey);
        if (back) set({ ...changed(back.journey), history: back.history, done: done('undo', get().journey, back.journey) });
      },
      redo: () => {
        const on = redo(get().history, get().journey);
        if (on) set({ ...changed(on.journey), history: on.history, done: done('redo', get().journey, on.journey) });
      },
      select: (ids, focus) => set({ selection: ids, focus: focus ?? ids.at(-1) ?? get().focus }),
      setFocus: (focus) => set({ focus }),
      openPanel: (place) => set({ place }),
      drag: (dragged) => set({ dragged }),
      setSave: (save) => set({ save }),
      taken: (journey, revision) =>
        set({ base: journey, revision, savedAt: Date.now(), save: get().journey === journey ? 'saved' : 'waiting' }),
      meet: (theirs, revision, by) => {
        const merged = merge(get().base, get().journey, theirs);
        set({
          ...changed(merged.journey),
          base: theirs,
          revision,
          conflicts: merged.conflicts,
          met: { by, count: (get().met?.count ?? 0) + 1 },
          save: 'waiting',
        });
      },
      settle: (part, value) => {
        const before = get().journey;
        const journey = withChanges(before, [{ part, before: undefined, after: value }]);
        set({ ...changed(journey), conflicts: get().conflicts.filter((conflict) => conflict.part !== part) });
      },
      setProblems: (problems, of) => set({ problems, checked: of, checkedAt: Date.now() }),
    };
  });
}

function isThere(journey: Journey, id: string): boolean {
  return id in journey.points || startOf(journey, id) !== undefined;
}

function touched(before: Journey, after: Journey): string[] {
  const ids = new Set([...Object.keys(before.points), ...Object.keys(after.points)]);
  const points = [...ids].filter((id) => before.points[id] !== after.points[id]);
  // What is new comes first: it is what the edit was about, and not the point that now leads to it.
  return points.sort((a, b) => Number(a in before.points) - Number(b in before.points));
}

function subjectOf(edit: Edit): string {
  switch (edit.kind) {
    case 'change':
    case 'changeNote':
      return edit.id;
    case 'changeStart':
      return edit.start.id;
    case 'nameBranch':
      return `${edit.of}/${edit.edge}`;
    default:
      return '';
  }
}

/** Where a point goes that is added after this one: on the line straight on. */
export function placeAfter(journey: Journey, id: string): Place | undefined {
  const start = startOf(journey, id);
  if (start) return { exits: [{ of: id, field: 'next' }] };
  const point = journey.points[id];
  const exit = point && exitsOf(point)[0];
  return exit ? { exits: [{ of: id, field: exit.field }] } : undefined;
}

const clipboardKey = 'parcours.clipboard';

/** Cut and copied points outlive the page: they may be pasted into another journey. */
export function copyToClipboard(fragment: Fragment) {
  localStorage.setItem(clipboardKey, JSON.stringify(fragment));
}

export function clipboard(): Fragment | undefined {
  try {
    return JSON.parse(localStorage.getItem(clipboardKey) ?? '') as Fragment;
  } catch {
    return undefined;
  }
}
