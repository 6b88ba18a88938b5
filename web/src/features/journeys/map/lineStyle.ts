import type { CSSProperties } from 'react';
import { colourOf } from './letters';

/** The colour of a line and of the letter on it, as variables for whatever is drawn in them. A line without a letter is grey. */
export function lineStyle(letter: string): CSSProperties {
  const at = colourOf(letter);
  const name = at === undefined ? undefined : String.fromCharCode(97 + at);
  return {
    '--line-colour': name ? `var(--p-line-${name})` : 'var(--p-control)',
    '--line-letter': name ? `var(--p-on-line-${name})` : 'var(--p-surface)',
  } as CSSProperties;
}

/** A line of the second round of letters has a thin white core. */
export function isSecondRound(letter: string): boolean {
  return letter.length > 1;
}
