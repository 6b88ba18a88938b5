/** A text with its fields as a card shows them: their names, without braces and fall-backs. */
export function shownText(text: string): string {
  return text.replace(/\{\{\{?\s*(?:default\s+)?(?:contact\.|event\.)?([^\s}"]+)[^}]*\}?\}\}/g, '‹$1›');
}
