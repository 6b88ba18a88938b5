import type { ReactNode } from 'react';

/** A part of a translated phrase: words, or what stands in one of its slots. */
export type PhrasePart = { text: string } | { slot: string; node: ReactNode };

const open = '\u0001';
const close = '\u0002';

/**
 * A whole translated phrase with parts of a page in its slots, in the order of that language. `say` is given what to put into each slot.
 * Words are never glued together: French and Italian put them elsewhere.
 */
export function phraseParts(say: (marks: Record<string, string>) => string, slots: Record<string, ReactNode>): PhrasePart[] {
  const marks = Object.fromEntries(Object.keys(slots).map((name) => [name, `${open}${name}${close}`]));
  return say(marks)
    .split(open)
    .flatMap((piece, at): PhrasePart[] => {
      if (at === 0) return piece === '' ? [] : [{ text: piece }];
      const end = piece.indexOf(close);
      const slot = piece.slice(0, end);
      const text = piece.slice(end + 1);
      const part: PhrasePart = { slot, node: slots[slot] };
      return text === '' ? [part] : [part, { text }];
    });
}
