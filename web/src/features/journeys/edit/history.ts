import type { Journey } from '../definition/journey';
import type { Change } from './changes';
import { compare, withChanges } from './changes';
import type { EditKind } from './edits';

export interface Step {
  edit: EditKind;
  /** What it was done to, so that typing in one field is one step. */
  subject: string;
  at: number;
  changes: Change[];
}

export interface History {
  past: Step[];
  future: Step[];
}

export const emptyHistory: History = { past: [], future: [] };
const stepsMax = 200;
/** Changes of one field within this time are one step. */
const typingMs = 1500;

export function record(history: History, step: Omit<Step, 'changes'>, before: Journey, after: Journey): History {
  const changes = compare(before, after);
  if (changes.length === 0) return history;
  const last = history.past.at(-1);
  if (last && typed(step.edit) && last.edit === step.edit && last.subject === step.subject && step.at - last.at < typingMs) {
    const began = withChanges(before, last.changes, 'before');
    return { past: [...history.past.slice(0, -1), { ...step, changes: compare(began, after) }], future: [] };
  }
  return { past: [...history.past, { ...step, changes }].slice(-stepsMax), future: [] };
}

function typed(edit: EditKind) {
  return (
    edit === 'change' ||
    edit === 'changeStart' ||
    edit === 'changeNote' ||
    edit === 'nameBranch' ||
    edit === 'settings' ||
    edit === 'about'
  );
}

export function undo(history: History, journey: Journey): { history: History; journey: Journey; step: Step } | undefined {
  const step = history.past.at(-1);
  if (!step) return undefined;
  return {
    history: { past: history.past.slice(0, -1), future: [...history.future, step] },
    journey: withChanges(journey, step.changes, 'before'),
    step,
  };
}

export function redo(history: History, journey: Journey): { history: History; journey: Journey; step: Step } | undefined {
  const step = history.future.at(-1);
  if (!step) return undefined;
  return {
    history: { past: [...history.past, step], future: history.future.slice(0, -1) },
    journey: withChanges(journey, step.changes, 'after'),
    step,
  };
}
