import { useSay } from '@/lib/say';
import type { ToldField } from './changes';
import classes from './Versions.module.css';

/** What of a part is different: each field, what it was and what it is. */
export function ChangeFields({ fields }: { fields: readonly ToldField[] }) {
  const { t } = useSay();
  return (
    <dl className={classes.fields}>
      {fields.map(({ path, name, before, after }) => (
        <div key={path}>
          <dt>{name}</dt>
          <dd>
            <del>
              <span className={classes.quiet}>{t('versions.was')} </span>
              {before}
            </del>{' '}
            <span aria-hidden>→</span>{' '}
            <ins>
              <span className={classes.quiet}>{t('versions.is')} </span>
              {after}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
