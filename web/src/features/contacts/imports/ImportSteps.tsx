import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Import, isUnderWay } from '@/api/imports';
import { useFormats } from '@/lib/useFormats';
import classes from './ImportSteps.module.css';

const STEPS = ['file', 'columns', 'check', 'result'] as const;

/** Where one stands on the way; columns and check are looked at together. */
export function ImportSteps({ step, import: one }: { step: 'file' | 'check' | 'result'; import?: Import }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const at = STEPS.indexOf(step);
  const matched = one?.mapping.filter(({ guess }) => guess === 'sure' || guess === 'new').length ?? 0;
  const lead: Partial<Record<(typeof STEPS)[number], string>> = one
    ? {
        file: one.file,
        columns: one.mapping.length > 0 ? t('imports.matched', { number: number(matched), of: number(one.mapping.length) }) : '',
        check: t(isUnderWay(one) && one.wishes.dryRun ? 'imports.looking' : 'imports.dryRun'),
      }
    : {};
  return (
    <ol className={classes.steps}>
      {STEPS.map((name, index) => (
        <li
          key={name}
          className={classes.step}
          data-done={index < at || undefined}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className={classes.mark} aria-hidden>
            {index < at ? <IconCheck size={14} stroke={2.5} /> : index + 1}
          </span>
          <span>
            {t(`imports.step.${name}`)}
            {lead[name] && <span className={classes.lead}>{lead[name]}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
