import { useState } from 'react';

/** Where one stands in a list paged by key: the cursors of the pages passed, and the way on. */
export function useKeyset(next: string | null | undefined) {
  const [passed, setPassed] = useState<readonly string[]>([]);
  return {
    after: passed.at(-1),
    page: passed.length,
    begin: () => setPassed([]),
    onNewer: passed.length > 0 ? () => setPassed(passed.slice(0, -1)) : null,
    onOlder: next ? () => setPassed([...passed, next]) : null,
  };
}
