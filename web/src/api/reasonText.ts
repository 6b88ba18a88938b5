import type { TFunction } from 'i18next';
import type { Reason } from './problem';

/** A reason in the reader's language; where we have no words for its code, the server's own, which are English. */
export function reasonText(t: TFunction, reason: Pick<Reason, 'code' | 'text' | 'arguments'>): string {
  return t(`reasons.${reason.code}`, { ...reason.arguments, defaultValue: reason.text });
}
