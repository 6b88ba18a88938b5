/** Background work of whose end a page tells by itself: it is not told twice. */
export const toldWork = new Set<string>();
