import { SegmentedControl, Select, Stack, Switch } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { PointOf } from '../definition/journey';
import type { PointFormProps, PointView } from './kind';

type SetConsent = PointOf<'setConsent'>;
const channels = ['email', 'sms', 'whatsapp'] as const;

/** Subscribes the contact to a topic, or unsubscribes it. */
export const setConsentPoint: PointView<'setConsent'> = {
  kind: 'setConsent',
  group: 'actions',
  shape: 'action',
  icon: IconBellCheck,
  create: () => ({ kind: 'setConsent', topic: '', state: 'refused' }),
  title: (point, { t }) => {
    const topic = point.topic === '*' ? t('points.setConsent.all') : point.topic || t('points.setConsent.nothing');
    return point.state === 'given' ? t('points.setConsent.gives', { topic }) : t('points.setConsent.refuses', { topic });
  },
  Form: SetConsentForm,
};

function SetConsentForm({ point, telling, onChange, errorAt }: PointFormProps<SetConsent>) {
  const { t } = telling;
  const all = point.topic === '*';
  return (
    <Stack gap={14}>
      <SegmentedControl
        fullWidth
        aria-label={t('points.setProperty.what')}
        value={point.state}
        onChange={(state) => onChange({ ...point, state: state as SetConsent['state'], topic: all ? '' : point.topic })}
        data={(['given', 'refused'] as const).map((value) => ({ value, label: t(`points.setConsent.${value}`) }))}
      />
      <Select
        label={t('points.setConsent.channel')}
        data={channels.map((value) => ({ value, label: t(`points.setConsent.channels.${value}`) }))}
        value={point.channel ?? 'email'}
        allowDeselect={false}
        error={errorAt('channel')}
        onChange={(channel) => onChange(withField(point, 'channel', channel === 'email' ? undefined : channel))}
      />
      {point.state === 'refused' && (
        <Switch
          label={t('points.setConsent.everything')}
          checked={all}
          onChange={(event) => onChange({ ...point, topic: event.currentTarget.checked ? '*' : '' })}
        />
      )}
      {!all && (
        <NamePicker
          kind="topic"
          label={t('points.sendEmail.topic')}
          hint={point.state === 'given' ? t('points.setConsent.hint') : undefined}
          value={point.topic || undefined}
          error={errorAt('topic')}
          onChange={(topic) => onChange({ ...point, topic: topic ?? '' })}
        />
      )}
    </Stack>
  );
}
