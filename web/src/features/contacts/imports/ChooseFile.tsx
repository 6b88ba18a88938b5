import { Button, FileButton, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/imports';
import { journeyNamesQuery } from '@/api/queries';
import { Card } from '@/ui/Card';
import classes from './ChooseFile.module.css';

export interface Chosen {
  file: File;
  kind: Import['kind'];
  /** Of enrolments: the journey that each enters. */
  journey: string | null;
  /** In files of events: what they are called, where no column says it. */
  event: string | null;
}

/** A file from this computer, by the dialog or dragged onto the page. */
export function ChooseFile({ onChosen }: { onChosen: (chosen: Chosen) => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Import['kind']>('contacts');
  const [event, setEvent] = useState('');
  const [journey, setJourney] = useState<string | null>(null);
  const journeys = useQuery(journeyNamesQuery).data;
  const ready = kind !== 'enrolments' || journey !== null;
  const [over, setOver] = useState(false);
  const narrow = useMediaQuery('(max-width: 36em)');
  const choose = (file: File | null | undefined) => {
    if (file && ready)
      onChosen({
        file,
        kind,
        event: kind === 'events' ? event.trim() || null : null,
        journey: kind === 'enrolments' ? journey : null,
      });
  };
  return (
    <Card>
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('imports.kind.label')}
          value={kind}
          onChange={(value) => setKind(value as Import['kind'])}
          orientation={narrow ? 'vertical' : 'horizontal'}
          data={(['contacts', 'events', 'enrolments'] as const).map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
          style={{ alignSelf: 'flex-start' }}
        />
        {kind === 'events' && (
          <TextInput
            label={t('imports.event')}
            description={t('imports.eventHint')}
            value={event}
            onChange={(input) => setEvent(input.currentTarget.value)}
            maw={400}
          />
        )}
        {kind === 'enrolments' && (
          <Select
            label={t('imports.journey')}
            description={t('imports.journeyHint')}
            placeholder={t('imports.journeyChoose')}
            data={[...(journeys ?? [])]
              .filter(([, { status }]) => status === 'live' || status === 'paused')
              .map(([value, { name }]) => ({ value, label: name }))}
            value={journey}
            onChange={setJourney}
            searchable
            maw={400}
          />
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard; dropping is a shortcut for the mouse. */}
        <div
          className={classes.drop}
          data-over={over || undefined}
          onDragOver={(dragged) => {
            dragged.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(dropped) => {
            dropped.preventDefault();
            setOver(false);
            choose(dropped.dataTransfer.files[0]);
          }}
        >
          <IconFileSpreadsheet size={36} stroke={1.2} color="var(--p-ink-3)" aria-hidden />
          <Text>{t('imports.drop')}</Text>
          <FileButton onChange={choose} accept=".csv,.tsv,.txt,.gz,text/csv">
            {(props) => (
              <Button {...props} disabled={!ready} leftSection={<IconUpload size={16} aria-hidden />}>
                {t('imports.choose')}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed" maw={520}>
            {t('imports.formats')}
          </Text>
        </div>
      </Stack>
    </Card>
  );
}
