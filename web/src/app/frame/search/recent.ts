const KEY = 'parcours.recent';
const KEPT = 5;

export interface Visited {
  to: string;
  text: string;
}

/** Where somebody went by the search lately; in this browser only. */
export function recent(): Visited[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isVisited).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function remember(visited: Visited): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([visited, ...recent().filter(({ to }) => to !== visited.to)].slice(0, KEPT)));
  } catch {
    // Storage may be forbidden; then nothing is remembered.
  }
}

function isVisited(kept: unknown): kept is Visited {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'to' in kept &&
    typeof kept.to === 'string' &&
    kept.to.startsWith('/') &&
    'text' in kept &&
    typeof kept.text === 'string'
  );
}
