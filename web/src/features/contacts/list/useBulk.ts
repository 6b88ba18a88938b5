import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { toldWork } from '@/api/work';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { type ContactFilter, isEverybody } from './useContacts';

export type Deed = Schemas['BulkDeed'];

/** To whom: those ticked, or all whom the table's filter finds, seen or not. */
export type Whom = { ids: readonly string[] } | { filter: ContactFilter };

/** The order is carried out in the background and followed under Notifications; a few contacts are done within a moment. */
export function useBulk(onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation<Schemas['WorkView'], ProblemError, { whom: Whom; deed: Deed }>({
    mutationFn: ({ whom, deed }) => take(api.POST('/api/v1/contacts/bulk', { body: { do: deed, all: false, ...wire(whom) } })),
    onSuccess: async (work) => {
      onDone();
      toldWork.add(work.id);
      const over = await follow(work);
      // What takes longer is told by the notifications when it is over.
      if (over.status === 'running') toldWork.delete(work.id);
      const refused = Object.values(over.refused ?? {}).reduce((sum, count) => sum + Number(count), 0);
      if (over.status === 'running') toastSaved(t('contacts.bulk.goesOn'));
      else if (over.status !== 'failed') toastSaved(t('contacts.bulk.done', { count: (over.done ?? 0) - refused }));
      const why = Object.entries(over.refused ?? {})
        .sort(([, a], [, b]) => Number(b) - Number(a))
        .map(([code]) => reasonText(t, { code, text: code, arguments: {} }));
      if (refused > 0) toastFailed(t('contacts.bulk.refused', { count: refused, why: why.join(' ') }));
      if (over.status === 'failed') toastFailed(t('frame.failure.broken.title'));
      await Promise.all([
        client.invalidateQueries({ queryKey: ['contacts'] }),
        client.invalidateQueries({ queryKey: ['work'] }),
        client.invalidateQueries({ queryKey: ['tags'] }),
      ]);
    },
    onError: (problem) =>
      toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message || t('frame.failure.broken.title')),
  });
}

function wire(whom: Whom): Partial<Omit<Schemas['BulkBody'], 'all'>> & { all?: boolean } {
  if ('ids' in whom) return { ids: [...whom.ids] };
  const { search, condition, archived } = whom.filter;
  return isEverybody(whom.filter)
    ? { all: true }
    : { search: search.trim() || null, condition: condition ?? null, archived: archived ?? null };
}

const LOOKS = 8;

/** Looks after the work for the first moments; what takes longer is followed elsewhere. */
async function follow(work: Schemas['WorkView']): Promise<Schemas['WorkView']> {
  let now = work;
  for (let look = 0; look < LOOKS && now.status === 'running'; look++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    now = (await take(api.GET('/api/v1/work'))).find(({ id }) => id === work.id) ?? now;
  }
  return now;
}
