import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { useFormats } from '@/lib/useFormats';
import { historyLine } from './historyLine';
import classes from './SegmentHistory.module.css';
import type { Segment } from './useSegments';

const DAYS = 90;

/** How many were in, day by day: as far back as it was written down, ninety days at most. */
export function SegmentHistory({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const { number, date } = useFormats();
  const { name, version, filling, members } = segment;
  const days = useQuery({
    queryKey: ['segments', name, 'days', version, members],
    enabled: !filling,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => take(api.GET('/api/v1/segments/{name}/days', { params: { path: { name } }, signal })),
  }).data;
  const [first] = days ?? [];
  if (!days || !first || days.length < 2) return null;
  const { line, area, last, most } = historyLine(days, DAYS);
  return (
    <figure className={classes.history}>
      <figcaption className={classes.hidden}>{t('segments.history')}</figcaption>
      <div className={classes.chart}>
        <svg viewBox="0 0 100 40" preserveAspectRatio="none" className={classes.drawing} aria-hidden focusable="false">
          <polygon points={area} />
          <polyline points={line} vectorEffect="non-scaling-stroke" />
        </svg>
        <span className={classes.dot} style={{ left: `${last.x}%`, top: `${(last.y / 40) * 100}%` }} aria-hidden />
        <span className={classes.most} aria-hidden>
          {number(most)}
        </span>
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{date(first.day)}</span>
        <span>{t('segments.today')}</span>
      </div>
      <table className={classes.hidden}>
        <caption>{t('segments.history')}</caption>
        <tbody>
          {days.map(({ day, members: then }) => (
            <tr key={day}>
              <th scope="row">{date(day)}</th>
              <td>{number(then)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
