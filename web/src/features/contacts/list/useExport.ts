import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { exportContacts } from '@/api/contactExport';
import type { ProblemError } from '@/api/problem';
import { toastFailed } from '@/ui/toasts';
import type { Whom } from './useBulk';

/** A file of those ticked, or of those whom the filter finds. */
export function useExport() {
  const { t, i18n } = useTranslation();
  return useMutation<void, ProblemError, Whom>({
    mutationFn: (whom) => exportContacts(wire(whom), i18n.language),
    onError: (problem) => toastFailed(problem.status === 403 ? t('contacts.export.forbidden') : t('contacts.export.failed')),
  });
}

function wire(whom: Whom): Omit<Schemas['ExportBody'], 'delimiter'> {
  if ('ids' in whom) return { ids: [...whom.ids] };
  return {
    search: whom.filter.search.trim() || null,
    condition: whom.filter.condition ?? null,
    archived: whom.filter.archived ?? null,
  };
}
