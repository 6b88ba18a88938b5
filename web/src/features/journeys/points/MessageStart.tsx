import { Select, Stack, TextInput } from '@mantine/core';
import { IconMailOpened } from '@tabler/icons-react';
import { durationText } from '@/lib/durations';
import { DurationField } from '@/ui/pickers/DurationField';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import { type MessageStartIs, messageStarts } from '../definition/journey';
import type { PointFormProps, StartOf, StartView } from './kind';

type Message = StartOf<'message'>;

const waits = (is: MessageStartIs) => is === 'notOpened' || is === 'notClicked';

/** Something becomes of an e-mail that any journey sent, or nothing does within a time. */
export const messageStart: StartView<'message'> = {
  kind: 'message',
  icon: IconMailOpened,
  withoutImports: true,
  create: () => ({ kind: 'message', is: 'opened' }),
  title: (start, { t, language }) =>
    t(`points.start.message.says.${start.is}`, {
      message: start.content || t('points.start.message.any'),
      time: start.within ? durationText(language, start.within) : '',
    }),
  Form: MessageForm,
};

function MessageForm({ point, telling, onChange, errorAt }: PointFormProps<Message>) {
  const { t } = telling;
  const choose = (is: MessageStartIs) => {
    const { link, within, ...plain } = point;
    onChange({
      ...plain,
      is,
      ...(is === 'clicked' && link !== undefined && { link }),
      ...(waits(is) && { within: within ?? 'P3D' }),
    });
  };
  return (
    <Stack gap={14}>
      <Select
        label={t('points.start.message.is')}
        data={messageStarts.map((value) => ({ value, label: t(`points.start.message.what.${value}`) }))}
        value={point.is}
        allowDeselect={false}
        onChange={(is) => is && choose(is as MessageStartIs)}
      />
      {waits(point.is) && (
        <DurationField
          label={t('points.start.message.within')}
          hint={t('points.start.message.withinHint')}
          value={point.within ?? 'P3D'}
          error={errorAt('within')}
          onChange={(within) => onChange({ ...point, within })}
        />
      )}
      <NamePicker
        kind="content"
        label={t('points.start.message.content')}
        hint={t('points.start.message.contentHint')}
        value={point.content}
        error={errorAt('content')}
        clearable
        onChange={(content) => onChange(withField(point, 'content', content))}
      />
      <NamePicker
        kind="journey"
        label={t('points.start.message.journey')}
        hint={t('points.start.message.journeyHint')}
        value={point.journey}
        error={errorAt('journey')}
        clearable
        onChange={(journey) => onChange(withField(point, 'journey', journey))}
      />
      {point.is === 'clicked' && (
        <TextInput
          label={t('conditions.token.link')}
          description={t('conditions.linkHint')}
          value={point.link ?? ''}
          error={errorAt('link')}
          onChange={(event) => onChange(withField(point, 'link', event.currentTarget.value || undefined))}
        />
      )}
    </Stack>
  );
}
