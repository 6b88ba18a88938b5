import { Accordion, Button, Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconMail, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { instantOf, localOf } from '@/lib/localTimes';
import { DurationField } from '@/ui/pickers/DurationField';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { EmailSettings, PointOf } from '../definition/journey';
import { ContentPreview } from './ContentPreview';
import type { PointFormProps, PointView } from './kind';
import { WindowField, windowInWords } from './WindowField';

type Email = PointOf<'sendEmail'>;

/** Decides an e-mail and goes on at once. */
export const sendEmailPoint: PointView<'sendEmail'> = {
  kind: 'sendEmail',
  group: 'actions',
  shape: 'action',
  icon: IconMail,
  create: () => ({ kind: 'sendEmail', content: '' }),
  title: (point, { t }) => point.content || t('points.sendEmail.nothing'),
  detail: (point, telling) => point.window && windowInWords(point.window, telling),
  Form: SendEmailForm,
};

function SendEmailForm({ id, point, journey, telling, onChange, errorAt }: PointFormProps<Email>) {
  const { t } = telling;
  // A field that is wrong is not folded away.
  const wrong = ['topic', 'purpose', 'expiresAfter', 'expiresAt', 'window'].some((field) => errorAt(field) !== undefined);
  const [opened, setMore] = useState(false);
  const more = opened || wrong;
  return (
    <Stack gap={14}>
      <NamePicker
        kind="content"
        label={t('points.sendEmail.content')}
        value={point.content || undefined}
        error={errorAt('content')}
        onChange={(content) => onChange({ ...point, content: content ?? '' })}
      />
      <ContentPreview name={point.content} journey={journey} />
      {point.content && (
        <Button
          component={Link}
          to={`/content/${encodeURIComponent(point.content)}`}
          // Who comes from a point goes back to it.
          state={{ journey: { id: journey.id, name: journey.name, point: id } }}
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: 'start' }}
          leftSection={<IconPencil size={15} aria-hidden />}
        >
          {t('points.sendEmail.editContent')}
        </Button>
      )}
      <Accordion
        variant="contained"
        chevronPosition="left"
        value={more ? 'more' : null}
        onChange={(open) => setMore(open !== null)}
      >
        <Accordion.Item value="more">
          <Accordion.Control>{t('points.sendEmail.more')}</Accordion.Control>
          <Accordion.Panel>
            <EmailFields
              value={point}
              inherits={journey.settings?.email}
              telling={telling}
              errorAt={errorAt}
              onChange={onChange}
            />
            <TextInput
              type="datetime-local"
              mt={14}
              label={t('points.sendEmail.expiresAt')}
              description={t('points.zoneOfJourney', { zone: telling.timeZone ?? 'UTC' })}
              value={localOf(point.expiresAt, telling.timeZone)}
              error={errorAt('expiresAt')}
              onChange={(event) => {
                const local = event.currentTarget.value;
                onChange(withField(point, 'expiresAt', local ? instantOf(local, telling.timeZone) : undefined));
              }}
            />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

interface FieldsProps<V extends EmailSettings> {
  value: V;
  /** What holds where nothing is said here: the journey's settings. */
  inherits?: EmailSettings;
  telling: PointFormProps['telling'];
  errorAt: PointFormProps['errorAt'];
  onChange: (value: V) => void;
  /** These are the journey's own: there is nothing above them to follow. */
  ofJourney?: boolean;
}

/** Topic, purpose, hours, expiry and tracking: of one e-mail, or of all of a journey. */
export function EmailFields<V extends EmailSettings>({
  value,
  inherits,
  telling,
  errorAt,
  onChange,
  ofJourney = false,
}: FieldsProps<V>) {
  const { t } = telling;
  const tracking = (field: 'trackOpens' | 'trackClicks') => (
    <Switch
      label={t(`points.sendEmail.${field}`)}
      checked={(value[field] ?? inherits?.[field]) !== false}
      onChange={(event) => onChange(withField(value, field, event.currentTarget.checked ? undefined : false))}
      disabled={value[field] === undefined && inherits?.[field] === false}
    />
  );
  return (
    <Stack gap={14}>
      <NamePicker
        kind="topic"
        label={t('points.sendEmail.topic')}
        hint={inherits && t('points.sendEmail.topicHint')}
        placeholder={inherits?.topic ?? undefined}
        clearable
        value={value.topic}
        error={errorAt('topic')}
        onChange={(topic) => onChange(withField(value, 'topic', topic))}
      />
      <Select
        label={t('points.sendEmail.purpose')}
        data={(['marketing', 'transactional'] as const).map((one) => ({ value: one, label: t(`points.sendEmail.${one}`) }))}
        value={value.purpose ?? null}
        placeholder={t(`points.sendEmail.${inherits?.purpose ?? 'marketing'}`)}
        clearable
        onChange={(purpose) => onChange(withField(value, 'purpose', purpose ?? undefined))}
      />
      <WindowField
        value={value.window}
        inherits={inherits?.window}
        ofJourney={ofJourney}
        telling={telling}
        errorAt={(field) => errorAt(field ? `window/${field}` : 'window')}
        onChange={(window) => onChange(withField(value, 'window', window))}
      />
      <DurationField
        label={t('points.sendEmail.expires')}
        hint={t('points.sendEmail.expiresHint')}
        value={value.expiresAfter ?? inherits?.expiresAfter ?? 'P3D'}
        error={errorAt('expiresAfter')}
        onChange={(iso) => onChange(withField(value, 'expiresAfter', iso))}
      />
      <Select
        label={t('points.sendEmail.whenQuiet')}
        description={t('points.sendEmail.whenQuietHint')}
        data={(['wait', 'skip'] as const).map((one) => ({ value: one, label: t(`points.sendEmail.quiet.${one}`) }))}
        value={value.whenQuiet ?? null}
        placeholder={t(`points.sendEmail.quiet.${inherits?.whenQuiet ?? 'wait'}`)}
        clearable
        onChange={(whenQuiet) => onChange(withField(value, 'whenQuiet', (whenQuiet ?? undefined) as V['whenQuiet']))}
      />
      <Select
        label={t('points.sendEmail.whenCapped')}
        description={t('points.sendEmail.whenCappedHint')}
        data={(['wait', 'skip'] as const).map((one) => ({ value: one, label: t(`points.sendEmail.capped.${one}`) }))}
        value={value.whenCapped ?? null}
        placeholder={t(`points.sendEmail.capped.${inherits?.whenCapped ?? 'wait'}`)}
        clearable
        onChange={(whenCapped) => onChange(withField(value, 'whenCapped', (whenCapped ?? undefined) as V['whenCapped']))}
      />
      {tracking('trackOpens')}
      {tracking('trackClicks')}
      <Switch
        label={t('points.sendEmail.pinned')}
        description={t('points.sendEmail.pinnedHint')}
        checked={value.pinned ?? inherits?.pinned ?? false}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          // What is above need not be said again.
          onChange(withField(value, 'pinned', checked === (inherits?.pinned ?? false) ? undefined : checked));
        }}
      />
    </Stack>
  );
}
