import type { Schemas } from '@/api/client';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { Chip } from '@/ui/Chip';
import classes from './Versions.module.css';
import type { Version } from './versionsApi';

interface Props {
  version: Version;
  live: boolean;
  ended: boolean;
  figures: Schemas['VersionStatistics'] | undefined;
  chosen: boolean;
  /** What a point of this version, or of the one before, is called. */
  titleOf: (id: string, side: 'before' | 'after') => string;
  onChoose: () => void;
}

/** One published version: when, by whom, what about, and who is in it; chosen, also what it has done. */
export function VersionRow({ version, live, ended, figures, chosen, titleOf, onChoose }: Props) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const at = dateTime(version.publishedAt);
  const outcomes = Object.entries(figures?.ended ?? {}).filter(([, people]) => people > 0);
  return (
    <li>
      <button type="button" aria-current={chosen || undefined} onClick={onChoose}>
        <span className={classes.rowHead}>
          <b>{t('versions.version', { version: version.version })}</b>
          {live && !ended && <Chip tone="success">{t('journeys.status.live')}</Chip>}
        </span>
        <small>{version.publishedBy ? t('versions.by', { at, name: version.publishedBy }) : at}</small>
        {version.note && <span className={classes.note}>{version.note}</span>}
        {figures && <small>{t('versions.inIt', { count: figures.inProgress, people: number(figures.inProgress) })}</small>}
      </button>
      {chosen && figures && (
        <dl className={classes.figures}>
          {(['started', 'movedIn', 'movedOut'] as const).map(
            (what) =>
              (what === 'started' || figures[what] > 0) && (
                <div key={what}>
                  <dt>{t(`versions.figures.${what}`)}</dt>
                  <dd>{number(figures[what])}</dd>
                </div>
              ),
          )}
          {outcomes.map(([outcome, people]) => (
            <div key={outcome}>
              <dt>{t(`map.totals.${outcome}`, { defaultValue: outcome })}</dt>
              <dd>{number(people)}</dd>
            </div>
          ))}
        </dl>
      )}
      {chosen && version.people.length > 0 && (
        <div className={classes.did}>
          <h3>{t('versions.did.title')}</h3>
          <ul>
            {version.people.map((rule) => (
              <li key={`${rule.point} ${rule.version}`}>
                {t(`versions.did.${rule.to ? 'moveTo' : rule.do}`, {
                  point: titleOf(rule.point, 'before'),
                  to: rule.to ? titleOf(rule.to, 'after') : '',
                })}
                {rule.version && ` (${t('versions.version', { version: rule.version })})`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </li>
  );
}
