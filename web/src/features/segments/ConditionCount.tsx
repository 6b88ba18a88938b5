import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { contactName } from '@/api/contactName';
import { useConditionCount } from '@/api/useConditionCount';
import { useFormats } from '@/lib/useFormats';
import { Avatar } from '@/ui/Avatar';
import type { Condition } from '@/ui/conditions/condition';
import { askable } from '@/ui/conditions/missing';
import { RowTitle } from '@/ui/table/RowTitle';
import classes from './SegmentEditor.module.css';

/** How many a sentence is true of now, before it is saved, with the newest of them to look at. */
export function ConditionCount({ condition }: { condition: Condition | undefined }) {
  const { t } = useTranslation();
  const { number, share } = useFormats();
  const asked = askable(condition);
  const { data, isError } = useConditionCount(asked);
  if (!condition) return <Text c="dimmed">{t('segments.beginSentence')}</Text>;
  const unfinished = isError || !asked;
  const matches = unfinished ? undefined : (data?.matches ?? data?.about);
  return (
    <div aria-live="polite">
      <div className={classes.big}>{matches === undefined || matches === null ? '–' : number(matches)}</div>
      <Text size="sm" c="dimmed">
        {unfinished
          ? t('segments.notFinished')
          : data
            ? t(data.complete ? 'segments.wouldMatch' : 'segments.aboutMatch', {
                of: number(data.of),
                share: share(matches ?? 0, data.of),
              })
            : t('segments.counting')}
      </Text>
      {data && data.sample.length > 0 && !unfinished && (
        <>
          <Text fw={600} mt="md" mb="xs">
            {t('segments.sample')}
          </Text>
          <Stack gap={8}>
            {data.sample.map((contact) => (
              <RowTitle
                key={contact.id}
                to={`/contacts/${contact.id}`}
                picture={<Avatar name={contactName(contact)} size={24} />}
                title={contactName(contact)}
              />
            ))}
          </Stack>
        </>
      )}
    </div>
  );
}
