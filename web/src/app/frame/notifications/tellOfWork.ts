import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { toldWork } from '@/api/work';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { isRunning, type Work } from './useWork';

/** What pages show that background work changes. */
const changes: Record<Work['kind'], string[]> = {
  import: ['imports', 'contacts', 'tags', 'lists', 'properties'],
  bulk: ['contacts', 'tags', 'lists'],
  segment: ['segments', 'segment', 'segment-members'],
  publish: ['journeys'],
};

/** Says what has ended since the last look, and lets the pages ask anew for what it changed. */
export function tellOfWork(client: QueryClient, t: TFunction, before: readonly Work[] | undefined, now: readonly Work[]): void {
  for (const work of ended(before, now)) {
    for (const key of changes[work.kind]) void client.invalidateQueries({ queryKey: [key] });
    if (toldWork.delete(work.id)) continue;
    const name = work.kind === 'bulk' ? t('frame.notifications.bulk') : work.name;
    const text = `${t(`frame.notifications.kind.${work.kind}`)}: ${name}, ${t(`frame.notifications.status.${work.status}`)}`;
    if (work.status === 'failed') toastFailed(text);
    else toastSaved(text);
  }
}

/** What ran at the last look and runs no more. Segments and journeys that are filled leave the list. */
export function ended(before: readonly Work[] | undefined, now: readonly Work[]): Work[] {
  return (before ?? []).filter(isRunning).flatMap((one) => {
    const is = now.find(({ id }) => id === one.id) ?? { ...one, status: 'done' as const };
    return isRunning(is) ? [] : [is];
  });
}
