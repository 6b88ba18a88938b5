import type { Journey } from '../definition/journey';
import type { MapGrid } from './grid';

/** How many colours there are; a ninth line is A2, in A's colour with a thin white core. */
export const lineColours = 8;

export function letterAt(index: number): string {
  const round = Math.floor(index / lineColours);
  return String.fromCharCode(65 + (index % lineColours)) + (round === 0 ? '' : String(round + 1));
}

/** Which of the line colours a letter has, 0 to 7; none for a line without a letter. */
export function colourOf(letter: string): number | undefined {
  const index = letter.charCodeAt(0) - 65;
  return index >= 0 && index < lineColours ? index : undefined;
}

export interface Letters {
  /** By stretch. */
  ofStretch: Map<string, string>;
  /** By point and starting point. */
  ofNode: Map<string, string>;
  /** What belongs into `map.lines` of the definition: each line by where it begins. */
  lines: Record<string, string>;
}

/**
 * Letters in the definition stay, and what is gone has none; new lines take the first that are free, from top to bottom. Entrances that meet at once share a line,
 * and where lines join the owner's goes on.
 */
export function lettersOf(journey: Journey, grid: MapGrid): Letters {
  const kept = journey.map?.lines ?? {};
  const lines: Record<string, string> = {};
  const begins: { key: string; row: number; column: number }[] = [];
  for (const node of grid.graph.nodes.values()) {
    if (node.gone) continue;
    if (node.kind === 'start') {
      const on = node.out[0];
      if (!on || grid.owner.get(on.to) === on.key || kept[node.id])
        begins.push({ key: node.id, row: -1, column: grid.columns.get(node.id) ?? 0 });
    }
    // Nothing leads to a stage but its property: its line begins here.
    if (node.kind === 'point' && !node.adrift && node.out.length > 0 && !grid.graph.into.has(node.id))
      begins.push({ key: node.id, row: grid.rows.get(node.id) ?? 0, column: grid.columns.get(node.id) ?? 0 });
    for (const stretch of node.out.slice(1)) {
      if (stretch.gone) continue;
      const row = grid.rows.get(node.id) ?? 0;
      begins.push({ key: stretch.key, row, column: grid.lanes.get(stretch.key) ?? grid.columns.get(stretch.to) ?? 0 });
    }
  }
  begins.sort((a, b) => a.row - b.row || a.column - b.column);
  const used = new Set<string>();
  for (const { key } of begins) {
    const letter = kept[key];
    if (letter) {
      lines[key] = letter;
      used.add(letter);
    }
  }
  let free = 0;
  for (const { key } of begins) {
    if (lines[key]) continue;
    while (used.has(letterAt(free))) free++;
    const letter = letterAt(free);
    used.add(letter);
    lines[key] = letter;
  }

  const ofStretch = new Map<string, string>();
  const ofNode = new Map<string, string>();
  const letterOf = (id: string): string => {
    const known = ofNode.get(id);
    if (known !== undefined) return known;
    const node = grid.graph.nodes.get(id);
    let letter = '';
    if (node?.gone) letter = '';
    else if (node?.kind === 'start') {
      const on = node.out[0];
      letter = lines[id] ?? (on ? letterOf(on.to) : '');
    } else {
      const key = grid.owner.get(id);
      const by = key === undefined ? undefined : grid.graph.into.get(id)?.find((stretch) => stretch.key === key);
      if (by) letter = by.index > 0 ? (lines[by.key] ?? '') : letterOf(by.of);
      else letter = lines[id] ?? '';
    }
    ofNode.set(id, letter);
    return letter;
  };
  for (const node of grid.graph.nodes.values()) {
    const own = letterOf(node.id);
    for (const stretch of node.out)
      ofStretch.set(stretch.key, stretch.gone ? '' : stretch.index > 0 ? (lines[stretch.key] ?? '') : own);
  }
  return { ofStretch, ofNode, lines };
}
