import { useState } from 'react';

/** Where one stands in a list paged by key: the cursors of the pages passed, and the ways on. */
export function useKeyset() {
  const [passed, setPassed] = useState<readonly string[]>([]);
  return {
    /** The cursor of the page that is shown; undefined on the first. */
    after: passed.at(-1),
    /** How many pages lie before it. */
    page: passed.length,
    begin: () => setPassed([]),
    newer: passed.length > 0 ? () => setPassed(passed.slice(0, -1)) : null,
    older: (next: string | null | undefined) => (next ? () => setPassed([...passed, next]) : null),
  };
}
