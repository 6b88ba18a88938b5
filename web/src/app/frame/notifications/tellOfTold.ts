import type { TFunction } from 'i18next';
import { toastSaved } from '@/ui/toasts';
import { type Inbox, newlyTold, whoIs } from './useInbox';

/** Says at once what a journey has just told; of many together only how many. */
export function tellOfTold(t: TFunction, before: Inbox | undefined, now: Inbox): void {
  const told = newlyTold(before, now);
  const [one] = told;
  if (!one) return;
  if (told.length > 1) toastSaved(t('frame.notifications.several', { count: told.length }));
  else toastSaved([whoIs(one), one.text].filter(Boolean).join(': '));
}
