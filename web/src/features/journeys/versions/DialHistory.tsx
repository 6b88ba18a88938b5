import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { useDials } from '../live/dialsApi';
import classes from './Versions.module.css';

/** What was set while it ran, without a new version: when, by whom and to what. */
export function DialHistory({ journey, titleOf }: { journey: string; titleOf: (id: string) => string }) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const changes = useDials(journey).data?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <section className={classes.set} aria-labelledby="dial-history">
      <h3 id="dial-history">{t('versions.dials.title')}</h3>
      <ul>
        {changes.map((change) => (
          <li key={`${change.at} ${change.point}`}>
            <span>
              {change.point
                ? t('versions.dials.shares', {
                    point: titleOf(change.point),
                    shares: (change.paths ?? []).map(({ name, share }) => `${name} ${number(share)} %`).join(' · '),
                  })
                : change.entryRate
                  ? t('versions.dials.rate', {
                      rate: `${number(change.entryRate.most)}, ${t(`map.settings.ratePeriods.${change.entryRate.per}`)}`,
                    })
                  : t('versions.dials.noRate')}
            </span>
            <small>
              {change.by ? t('versions.by', { at: dateTime(change.at), name: change.by }) : dateTime(change.at)} ·{' '}
              {t('versions.version', { version: change.version })}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
