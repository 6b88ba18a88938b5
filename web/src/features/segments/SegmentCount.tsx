import { Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contactsAboutQuery } from '@/api/queries';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import type { Condition } from '@/ui/conditions/condition';
import { ConditionCount } from './ConditionCount';
import classes from './SegmentEditor.module.css';
import { SegmentForecast } from './SegmentForecast';
import { SegmentHistory } from './SegmentHistory';
import { SegmentSample } from './SegmentSample';
import type { Segment } from './useSegments';

/** How many: of the saved condition those who are in, of a changed one those who would be. */
export function SegmentCount({
  segment,
  condition,
  dirty,
}: {
  segment: Segment | null;
  condition: Condition | undefined;
  dirty: boolean;
}) {
  const { t } = useTranslation();
  const { number, share, dateTime } = useFormats();
  const all = useQuery(contactsAboutQuery).data?.about;
  return (
    <Card>
      {segment && (
        <>
          <div className={classes.big}>{segment.filling ? '–' : number(segment.members)}</div>
          <Text size="sm" c="dimmed">
            {t('segments.inNow', { count: segment.members })}
            {all && !segment.filling
              ? ` · ${t('segments.shareOf', { share: share(segment.members, all), of: number(all) })}`
              : ''}
          </Text>
          {segment.filling && (
            <>
              <Progress
                value={segment.filled * 100}
                mt="sm"
                aria-label={t('segments.filling', { share: share(segment.filled, 1) })}
              />
              <Text size="sm" c="var(--p-ink-2)" mt="xs">
                {t('segments.fillingText')}
              </Text>
            </>
          )}
          <Text size="xs" c="dimmed" mt="sm">
            {t('segments.version', { version: segment.version, at: dateTime(segment.updatedAt) })}
          </Text>
        </>
      )}
      {segment && !dirty && (
        <>
          <SegmentHistory segment={segment} />
          <SegmentForecast segment={segment} />
          <SegmentSample key={segment.version} segment={segment} />
        </>
      )}
      {(dirty || !segment) && <ConditionCount condition={condition} />}
    </Card>
  );
}
