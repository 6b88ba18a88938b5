import type { Reason } from '@/api/problem';
import type { Say } from '@/lib/say';

/** A problem in the reader's language; where we have no words for its code, the server's own, which are English. */
export function problemText(t: Say, reason: Pick<Reason, 'code' | 'text' | 'arguments'>): string {
  return t(`problems.${reason.code}`, { ...reason.arguments, defaultValue: reason.text });
}
