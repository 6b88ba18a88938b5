import type { UseFormReturnType } from '@mantine/form';
import type { TFunction } from 'i18next';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';

/** Puts each reason of the server at its field. The first wrong field takes the focus. */
export function applyReasons<Values>(form: UseFormReturnType<Values>, problem: ProblemError, t: TFunction): void {
  const fields: Record<string, string> = {};
  for (const reason of problem.reasons) fields[reason.path.replace(/^\//, '').replaceAll('/', '.')] ??= reasonText(t, reason);
  form.setErrors(fields);
  const first = Object.keys(fields)[0];
  if (first) form.getInputNode(first)?.focus();
}
