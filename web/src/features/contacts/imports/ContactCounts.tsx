import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { useFormats } from '@/lib/useFormats';
import classes from './ContactCounts.module.css';

/** How many rows made somebody, changed somebody, told nothing new, or cannot go in. */
export function ContactCounts({ import: one }: { import: Import }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const parts = (['made', 'updated', 'unchanged', 'bad'] as const).map((name) => ({ name, rows: one[name] }));
  return (
    <>
      <div className={classes.bar} aria-hidden>
        {parts.map(({ name, rows }) => rows > 0 && <span key={name} data-part={name} style={{ flexGrow: rows }} />)}
      </div>
      <dl className={classes.parts} data-figures>
        {parts.map(({ name, rows }) => (
          <div key={name}>
            <dt data-part={name}>{t(`imports.${name}`)}</dt>
            <dd>{number(rows)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
