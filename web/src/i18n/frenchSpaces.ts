const thin = '\u202f';
const wide = '\u00a0';

/** In French a space stands before high punctuation and inside of quotes, and no line may break there. Who writes the texts types an ordinary one. */
export function frenchSpaces(texts: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]: [string, unknown]) => [
      key,
      typeof text === 'string' ? spaced(text) : typeof text === 'object' && text !== null ? frenchSpaces(text) : text,
    ]),
  );
}

function spaced(text: string): string {
  return text
    .replace(/ (?=[;?!%])/g, thin)
    .replace(/ (?=[:»])/g, wide)
    .replace(/« /g, `«${wide}`);
}
