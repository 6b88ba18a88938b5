import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { Reason } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import type { Journey } from '../definition/journey';
import { checksOf, extentOf } from './checks';
import classes from './PublishSheet.module.css';

/** What was checked, part by part, with what was found; what hinders stands first within each. */
export function CheckList({ journey, problems }: { journey: Journey; problems: readonly Reason[] }) {
  const { t } = useSay();
  const extent = extentOf(journey);
  return (
    <ul className={classes.checks}>
      {checksOf(problems).map(({ area, problems: own }) =>
        own.length === 0 ? (
          <li key={area} data-tone="success">
            <IconCircleCheck size={18} aria-hidden />
            <span>
              {t(`map.publish.areas.${area}`)}
              <small>{t(`map.publish.extents.${area}`, { count: extent[area] })}</small>
            </span>
          </li>
        ) : (
          own.map((problem) => (
            <li key={`${problem.path} ${problem.code}`} data-tone={problem.severity === 'warning' ? 'warning' : 'danger'}>
              {problem.severity === 'warning' ? (
                <IconAlertTriangle size={18} role="img" aria-label={t('map.check.warning')} />
              ) : (
                <IconAlertCircle size={18} role="img" aria-label={t('map.check.error')} />
              )}
              <span>
                {reasonText(t, problem)}
                <small>{t(`map.publish.areas.${area}`)}</small>
              </span>
            </li>
          ))
        ),
      )}
    </ul>
  );
}
