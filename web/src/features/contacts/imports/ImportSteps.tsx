import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ImportSteps.module.css';

const STEPS = ['file', 'columns', 'check', 'result'] as const;

/** Where one stands on the way; columns and check are looked at together. */
export function ImportSteps({ step }: { step: number }) {
  const { t } = useTranslation();
  const now = (index: number) => index === step || (step === 1 && index === 2);
  return (
    <ol className={classes.steps}>
      {STEPS.map((name, index) => (
        <li
          key={name}
          className={classes.step}
          data-done={index < step || undefined}
          aria-current={now(index) ? 'step' : undefined}
        >
          <span className={classes.mark} aria-hidden>
            {index < step ? <IconCheck size={14} stroke={2.5} /> : index + 1}
          </span>
          {t(`imports.step.${name}`)}
        </li>
      ))}
    </ol>
  );
}
