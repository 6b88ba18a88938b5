import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './GuidedPage.module.css';

export interface Step {
  title: string;
  done: boolean;
}

/** Where one is among the questions; each leads back to itself. */
export function StepBar({ steps, at, onGo }: { steps: readonly Step[]; at: number; onGo: (step: number) => void }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.steps} aria-label={t('create.guided.steps')}>
      {steps.map(({ title, done }, index) => (
        <li key={title} data-done={done || undefined}>
          <button
            type="button"
            className={classes.step}
            data-state={index === at ? 'now' : done ? 'done' : 'later'}
            aria-current={index === at ? 'step' : undefined}
            aria-label={t(done && index !== at ? 'create.guided.stepDone' : 'create.guided.stepOf', { step: index + 1, title })}
            title={title}
            onClick={() => onGo(index)}
          >
            {done && index !== at && <IconCheck size={13} stroke={2.6} aria-hidden />}
          </button>
        </li>
      ))}
    </ol>
  );
}
