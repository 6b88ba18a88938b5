import { useSyncExternalStore } from 'react';

const KEY = 'parcours.letterKeys';
const changed = 'parcours:letter-keys';

/**
 * Whether single letters do something (WCAG 2.1.4). Who speaks to the machine, or whose hand rests on the keys, switches them off; in this
 * browser alone, as it is about its keyboard.
 */
export function letterKeysOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export function switchLetterKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
  } catch {
    // Storage may be forbidden; then they stay on.
  }
  window.dispatchEvent(new Event(changed));
}

export function useLetterKeys(): boolean {
  return useSyncExternalStore(subscribe, letterKeysOn);
}

function subscribe(look: () => void) {
  window.addEventListener(changed, look);
  window.addEventListener('storage', look);
  return () => {
    window.removeEventListener(changed, look);
    window.removeEventListener('storage', look);
  };
}
