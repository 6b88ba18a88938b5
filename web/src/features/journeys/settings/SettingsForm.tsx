import { ActionIcon, Button, Group, NumberInput, Select, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { reasonText } from '@/api/reasonText';
import { instantOf, localOf } from '@/lib/localTimes';
import { useSay } from '@/lib/say';
import { ConditionBuilder, contactScope } from '@/ui/conditions/ConditionBuilder';
import { ZoneField } from '@/ui/pickers/calendar';
import { DurationField } from '@/ui/pickers/DurationField';
import { NamePicker } from '@/ui/pickers/NamePicker';
import { withField } from '../definition/exits';
import type { JourneySettings } from '../definition/journey';
import { ProblemList } from '../editor/ProblemList';
import { problemsOf } from '../editor/problems';
import { useJourneyTelling } from '../points/catalogue';
import { EmailFields } from '../points/SendEmailPoint';
import { useScope } from '../points/scope';
import { useEditor } from '../state/EditorContext';
import type { EditorState } from '../state/editor';
import { Assets } from './Assets';
import { LabelsField } from './LabelsField';
import { RateField } from './RateField';
import classes from './SettingsForm.module.css';

const journeyOf = (state: EditorState) => state.journey;
const reasonsOf = (state: EditorState) => state.problems;
const reEntries = ['never', 'afterLeaving', 'afterInterval', 'always'] as const;

/** What holds for the whole journey. Saved at once, as everything of a draft. */
export function SettingsForm() {
  const { t } = useSay();
  const journey = useEditor(journeyOf);
  const reasons = useEditor(reasonsOf);
  const edit = useEditor((state) => state.edit);
  const telling = useJourneyTelling(journey);
  const inside = useScope(journey, telling);
  const settings = journey.settings ?? {};
  const about = (change: { name?: string; description?: string }) =>
    edit({ kind: 'about', name: journey.name, description: journey.description, labels: journey.labels, ...change });
  const set = <K extends keyof JourneySettings>(field: K, value: JourneySettings[K] | undefined) =>
    edit({ kind: 'settings', settings: withField(settings, field, value) });
  const errorAt = useMemo(
    () => (field: string) => {
      const found = reasons.find(
        ({ path, severity }) =>
          severity !== 'warning' &&
          (path === `/settings/${field}` || path.startsWith(`/settings/${field}/`) || path === `/${field}`),
      );
      return found && reasonText(t, found);
    },
    [reasons, t],
  );
  const warnings = useMemo(
    () =>
      problemsOf(
        journey,
        reasons.filter(({ path, severity }) => severity === 'warning' && path.startsWith('/settings/')),
      ),
    [journey, reasons],
  );
  const time = (field: 'startsAt' | 'endsAt') => (
    <TextInput
      type="datetime-local"
      flex={1}
      label={t(`map.settings.${field}`)}
      description={t(`map.settings.${field}Hint`)}
      value={localOf(settings[field], settings.timeZone)}
      error={errorAt(field)}
      onChange={(event) =>
        set(field, event.currentTarget.value ? instantOf(event.currentTarget.value, settings.timeZone) : undefined)
      }
    />
  );
  return (
    <div className={classes.scroll}>
      <div className={classes.form}>
        <ProblemList problems={warnings} />
        <Section title={t('map.settings.about')}>
          <TextInput
            label={t('map.settings.name')}
            required
            value={journey.name}
            maxLength={200}
            error={errorAt('name')}
            onChange={(event) => about({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t('map.settings.description')}
            autosize
            minRows={2}
            value={journey.description ?? ''}
            onChange={(event) => about({ description: event.currentTarget.value || undefined })}
          />
          <LabelsField id={journey.id} />
        </Section>
        <Section title={t('map.settings.when')}>
          <ZoneField
            value={settings.timeZone}
            telling={telling}
            own={['installation']}
            error={errorAt('timeZone')}
            onChange={(zone) => set('timeZone', zone)}
          />
          <Group align="flex-start" grow>
            {time('startsAt')}
            {time('endsAt')}
          </Group>
        </Section>
        <Section title={t('map.settings.who')}>
          <ConditionBuilder
            label={t('map.settings.eligibility')}
            hint={t('map.settings.eligibilityHint')}
            value={settings.eligibility}
            scope={contactScope}
            error={errorAt('eligibility')}
            onChange={(condition) => set('eligibility', condition)}
          />
          <ConditionBuilder
            label={t('map.settings.exclusions')}
            hint={t('map.settings.exclusionsHint')}
            value={settings.exclusions}
            scope={contactScope}
            error={errorAt('exclusions')}
            onChange={(condition) => set('exclusions', condition)}
          />
          <Select
            label={t('map.settings.reEntry')}
            data={reEntries.map((value) => ({ value, label: t(`map.settings.reEntries.${value}`) }))}
            value={settings.reEntry?.kind ?? 'never'}
            allowDeselect={false}
            error={errorAt('reEntry')}
            onChange={(kind) => {
              const chosen = reEntries.find((one) => one === kind) ?? 'never';
              set(
                'reEntry',
                chosen === 'afterInterval' ? { kind: chosen, interval: settings.reEntry?.interval ?? 'P30D' } : { kind: chosen },
              );
            }}
          />
          {settings.reEntry?.kind === 'afterInterval' && (
            <DurationField
              label={t('map.settings.interval')}
              value={settings.reEntry.interval}
              onChange={(interval) => set('reEntry', { kind: 'afterInterval', interval })}
            />
          )}
          <RateField value={settings.entryRate} error={errorAt('entryRate')} onChange={(rate) => set('entryRate', rate)} />
          <Select
            label={t('map.settings.whilePaused')}
            data={(['refuse', 'queue'] as const).map((value) => ({
              value,
              label: t(`map.settings.whilePausedChoices.${value}`),
            }))}
            value={settings.whilePaused ?? 'refuse'}
            allowDeselect={false}
            error={errorAt('whilePaused')}
            onChange={(chosen) => set('whilePaused', chosen === 'queue' ? 'queue' : undefined)}
          />
          <TextInput
            label={t('map.settings.eventKey')}
            description={t('map.settings.eventKeyHint')}
            value={settings.eventKey ?? ''}
            error={errorAt('eventKey')}
            onChange={(event) => set('eventKey', event.currentTarget.value || undefined)}
          />
          <NamePicker
            kind="property"
            label={t('map.settings.stageProperty')}
            hint={t('map.settings.stagePropertyHint')}
            value={settings.stageProperty}
            error={errorAt('stageProperty')}
            clearable
            onChange={(property) => set('stageProperty', property)}
          />
          {settings.stageProperty && (
            <NumberInput
              label={t('map.settings.stageMost')}
              value={settings.stageMost ?? 200}
              min={1}
              max={500}
              allowDecimal={false}
              error={errorAt('stageMost')}
              onChange={(most) => typeof most === 'number' && set('stageMost', most === 200 ? undefined : most)}
            />
          )}
          <NumberInput
            label={t('map.settings.priority')}
            description={t('map.settings.priorityHint')}
            value={settings.priority ?? 0}
            allowDecimal={false}
            onChange={(priority) => typeof priority === 'number' && set('priority', priority === 0 ? undefined : priority)}
          />
        </Section>
        <Section title={t('map.settings.ends')}>
          <ConditionBuilder
            label={t('map.settings.goal')}
            hint={t('map.settings.goalHint')}
            value={settings.goal}
            scope={inside}
            error={errorAt('goal')}
            onChange={(condition) => set('goal', condition)}
          />
          {(settings.exits ?? []).map((exit, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an exit's name is being typed.
            <div key={at} className={classes.exit}>
              <Group align="flex-end" mb={8} wrap="nowrap">
                <TextInput
                  flex={1}
                  label={t('map.settings.exitName')}
                  value={exit.name}
                  maxLength={200}
                  error={errorAt(`exits/${at}/name`)}
                  onChange={(event) =>
                    set(
                      'exits',
                      settings.exits?.map((one, index) => (index === at ? { ...one, name: event.currentTarget.value } : one)),
                    )
                  }
                />
                <ActionIcon
                  aria-label={t('map.settings.removeExit', { name: exit.name })}
                  onClick={() =>
                    set(
                      'exits',
                      settings.exits && settings.exits.length > 1 ? settings.exits.filter((_, index) => index !== at) : undefined,
                    )
                  }
                >
                  <IconX size={16} />
                </ActionIcon>
              </Group>
              <ConditionBuilder
                label={t('map.settings.exitWhen')}
                value={exit.when}
                scope={inside}
                error={errorAt(`exits/${at}/when`)}
                onChange={(when) =>
                  set(
                    'exits',
                    settings.exits?.map((one, index) => (index === at ? { ...one, when: when ?? { kind: 'all', of: [] } } : one)),
                  )
                }
              />
            </div>
          ))}
          <Button
            variant="subtle"
            w="fit-content"
            leftSection={<IconPlus size={15} />}
            onClick={() =>
              set('exits', [...(settings.exits ?? []), { name: t('map.settings.newExit'), when: { kind: 'all', of: [] } }])
            }
          >
            {t('map.settings.addExit')}
          </Button>
        </Section>
        <Section title={t('map.settings.email')}>
          <EmailFields
            value={settings.email ?? {}}
            telling={telling}
            errorAt={(field) => errorAt(`email/${field}`)}
            ofJourney
            onChange={(email) => set('email', Object.keys(email).length > 0 ? email : undefined)}
          />
        </Section>
        <Section title={t('map.assets.title')}>
          <Assets />
        </Section>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={classes.section}>
      <Title order={2}>{title}</Title>
      <Stack gap={16}>{children}</Stack>
    </section>
  );
}
