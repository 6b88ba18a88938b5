import { type RefObject, useEffect, useRef } from 'react';

const TYPED_IN = 'input:not([type="radio"]), textarea, select, [contenteditable="true"]';

interface Keys {
  step: (by: 1 | -1) => void;
  flip: () => void;
}

/** J and K go from change to change, B shows what was before and what is after. They act while something of this page, the tab that led to it, or nothing has the focus. */
export function useChangeKeys(page: RefObject<HTMLElement | null>, keys: Keys): void {
  const last = useRef(keys);
  last.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const focused = document.activeElement;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || focused?.matches(TYPED_IN)) return;
      if (focused !== document.body && !page.current?.contains(focused) && !focused?.matches('nav [aria-current="page"]')) return;
      switch (event.key.toLowerCase()) {
        case 'j':
          last.current.step(1);
          break;
        case 'k':
          last.current.step(-1);
          break;
        case 'b':
          last.current.flip();
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [page]);
}
