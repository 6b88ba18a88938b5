import type { TFunction } from 'i18next';
import { toldWords } from '@/ui/notices/toldWords';
import { type Inbox, newlyTold } from '@/ui/notices/useInbox';
import { toastSaved } from '@/ui/toasts';

/** Says at once what a journey has just told; of many together only how many. */
export function tellOfTold(t: TFunction, names: Parameters<typeof toldWords>[2], before: Inbox | undefined, now: Inbox): void {
  const told = newlyTold(before, now);
  const [one] = told;
  if (!one) return;
  if (told.length > 1) toastSaved(t('frame.notifications.several', { count: told.length }));
  else {
    const { about, text } = toldWords(t, one, names);
    toastSaved([about, text].filter(Boolean).join(': '));
  }
}
