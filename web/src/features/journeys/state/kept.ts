import type { Journey } from '../definition/journey';
import { compare, merge } from '../edit/changes';
import type { History } from '../edit/history';
import type { Beginning } from './editor';

/** What this browser keeps of a draft: so a reload loses neither what was not saved yet nor what can be undone. */
interface Kept {
  base: Journey;
  journey: Journey;
  revision: number;
  history: History;
}

const prefix = 'parcours.draft.';
const keyOf = (id: string) => prefix + id;
/** Beyond this the browser's store would overflow; then only what the server has is kept. */
const charactersMax = 2_000_000;

/** Told in this page alone whenever what is kept changes: the browser tells other pages by itself. */
export const keptEvent = 'parcours:kept';

/** Which drafts hold what the server has not, and how many parts of each were changed. The order of points follows from the rest. */
export function unsaved(): { id: string; changes: number }[] {
  const found: { id: string; changes: number }[] = [];
  for (let at = 0; at < localStorage.length; at++) {
    const key = localStorage.key(at) ?? '';
    const kept = key.startsWith(prefix) ? read(key.slice(prefix.length)) : undefined;
    const changes = kept ? compare(kept.base, kept.journey).filter(({ part }) => !/^(order\/|map\/lines)/.test(part)).length : 0;
    if (changes > 0) found.push({ id: key.slice(prefix.length), changes });
  }
  return found;
}

export function keep(id: string, kept: Kept) {
  const text = JSON.stringify(kept);
  try {
    if (text.length > charactersMax)
      localStorage.setItem(keyOf(id), JSON.stringify({ ...kept, history: { past: [], future: [] } }));
    else localStorage.setItem(keyOf(id), text);
  } catch {
    // The store is full or forbidden. What is kept here is a convenience; the server has the draft.
    localStorage.removeItem(keyOf(id));
  }
  window.dispatchEvent(new Event(keptEvent));
}

/** Begins where this browser left off, on what the server has now. */
export function beginningOf(id: string, server: Journey, revision: number, by?: string): Beginning {
  const kept = read(id);
  if (!kept) return { journey: server, base: server, revision };
  const unsaved = JSON.stringify(kept.journey) !== JSON.stringify(kept.base);
  if (kept.revision === revision)
    return { journey: unsaved ? kept.journey : server, base: server, revision, history: kept.history };
  // Somebody else has saved since: what can be undone belongs to another draft.
  if (!unsaved) return { journey: server, base: server, revision };
  const { journey, conflicts } = merge(kept.base, kept.journey, server);
  return { journey, base: server, revision, conflicts, by };
}

function read(id: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(id)) ?? '') as Kept;
    return kept.journey?.points && kept.base?.points ? kept : undefined;
  } catch {
    return undefined;
  }
}
