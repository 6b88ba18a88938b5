import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { toastFailed } from '@/ui/toasts';
import type { Whom } from './useBulk';

/** A file of those ticked, or of those whom the filter finds. The browser saves it as it comes, so it may be as long as it likes. */
export function useExport() {
  const { t, i18n } = useTranslation();
  return useMutation<void, ProblemError, Whom>({
    mutationFn: async (whom) => {
      const { file } = await take(
        api.POST('/api/v1/contacts/exports', {
          body: { ...wire(whom), delimiter: delimiterOf(i18n.language) },
        }),
      );
      const link = document.createElement('a');
      link.href = file;
      link.download = '';
      link.click();
    },
    onError: (problem) => toastFailed(problem.status === 403 ? t('contacts.export.forbidden') : t('contacts.export.failed')),
  });
}

function wire(whom: Whom): Omit<Schemas['ExportBody'], 'delimiter'> {
  if ('ids' in whom) return { ids: [...whom.ids] };
  return { search: whom.filter.search.trim() || null, condition: whom.filter.condition ?? null };
}

/** Spreadsheets divide by semicolons where numbers are written with a comma. */
export function delimiterOf(language: string): 'comma' | 'semicolon' {
  return new Intl.NumberFormat(language).format(0.5).includes(',') ? 'semicolon' : 'comma';
}
