const TONES = ['a', 'c', 'e', 'f', 'g', 'h'] as const;

/** Of the first and the last word of a name; of an address, of what stands before the @. */
export function initials(name: string): string {
  const words = (name.includes('@') ? (name.split('@')[0] ?? '') : name).split(/[\s._-]+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('') || '?';
}

/** The same name has the same colour everywhere. */
export function toneOf(name: string): (typeof TONES)[number] {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return TONES[sum % TONES.length] ?? 'a';
}
