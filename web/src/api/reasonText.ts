import type { Say } from '@/lib/say';
import type { Reason } from './problem';

/** A reason in the reader's language; where we have no words for its code, the server's own, which are English. */
export function reasonText(t: unknown, reason: Pick<Reason, 'code' | 'text' | 'arguments'> & { path?: string }): string {
  // The codes are the server's: types cannot follow them. A test of the server looks whether each has its words.
  return (t as Say)(`reasons.${reason.code}`, {
    // What a reason speaks of may be a path of its own; that of the field is for those that have none.
    path: reason.path,
    ...reason.arguments,
    ...usersOf(t as Say, reason.arguments),
    text: reason.text,
    defaultValue: reason.text,
  });
}

const kinds = ['journeys', 'segments', 'caps', 'actions', 'hooks', 'approvals'] as const;

/** Who uses something, where a reason tells them by kind: in the reader's words. */
function usersOf(t: Say, told: Reason['arguments']): { users?: string } {
  const parts = kinds.flatMap((kind) => (told?.[kind] ? [t(`frame.uses.by.${kind}`, { names: told[kind] })] : []));
  return parts.length > 0 ? { users: parts.join(' · ') } : {};
}
