import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { useFormats } from '@/lib/useFormats';
import classes from './ContactCounts.module.css';
import { PartsBar } from './PartsBar';

const colors = {
  made: 'var(--p-success)',
  updated: 'var(--p-accent)',
  unchanged: 'var(--p-line-2)',
  bad: 'var(--p-danger)',
} as const;

/** How many rows made somebody, changed somebody, told nothing new, or cannot go in; before they go in, how many would. */
export function ContactCounts({ import: one }: { import: Import }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const counts = { ...(one.foreseen ?? one), bad: one.bad };
  const parts = (['made', 'updated', 'unchanged', 'bad'] as const).map((name) => ({
    name,
    color: colors[name],
    rows: counts[name],
  }));
  return (
    <>
      <PartsBar parts={parts} />
      <dl className={classes.parts} data-figures>
        {parts.map(({ name, color, rows }) => (
          <div key={name} style={{ '--part': color } as CSSProperties}>
            <dt>{t(`imports.${name}`)}</dt>
            <dd>{number(rows)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
