import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { toastFailed } from '@/ui/toasts';
import type { ContactFilter } from './useContacts';

/** A file of those whom the filter finds. The browser saves it as it comes, so it may be as long as it likes. */
export function useExport() {
  const { t, i18n } = useTranslation();
  return useMutation<void, ProblemError, ContactFilter>({
    mutationFn: async ({ search, condition }) => {
      const { file } = await take(
        api.POST('/api/v1/contacts/exports', {
          body: { search: search.trim() || null, condition: condition ?? null, delimiter: delimiterOf(i18n.language) },
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

/** Spreadsheets divide by semicolons where numbers are written with a comma. */
export function delimiterOf(language: string): 'comma' | 'semicolon' {
  return new Intl.NumberFormat(language).format(0.5).includes(',') ? 'semicolon' : 'comma';
}
