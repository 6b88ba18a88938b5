import { type RefObject, useEffect, useRef } from 'react';

/** Ticks a row by its place, or all from the one ticked last to it. */
type Tick = (at: number, from: number) => void;

const TYPED_IN = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';

/**
 * The keys of a page whose table is what it is for: up and down go from row to row, "." opens a row's menu, X ticks it, and Shift X all
 * from the one ticked last. They act while a row has the focus; the arrows also while nothing has.
 */
export function useRowKeys(table: RefObject<HTMLElement | null>, on: boolean, tick?: Tick): void {
  const last = useRef(0);
  const ticks = useRef(tick);
  ticks.current = tick;
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      const focused = document.activeElement;
      const inside = table.current?.contains(focused) ?? false;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!inside && focused !== document.body) return;
      if (focused?.matches(TYPED_IN)) return;
      const rows = [...(table.current?.querySelectorAll<HTMLElement>('tbody tr') ?? [])];
      const here = rows.findIndex((row) => row.contains(focused));
      switch (event.key) {
        case 'ArrowDown':
        case 'ArrowUp': {
          const down = event.key === 'ArrowDown';
          const to = here < 0 ? (down ? 0 : rows.length - 1) : here + (down ? 1 : -1);
          const into = rows[to]?.querySelector<HTMLElement>('a[href]') ?? rows[to]?.querySelector<HTMLElement>('button, input');
          if (!into) return;
          into.focus();
          break;
        }
        case '.':
          if (here < 0) return;
          rows[here]?.querySelector<HTMLElement>('button[aria-haspopup="menu"]')?.click();
          break;
        case 'x':
        case 'X':
          if (here < 0 || !ticks.current) return;
          ticks.current(here, event.shiftKey ? last.current : here);
          last.current = here;
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [table, on]);
}
