import { Drawer, Select, Skeleton, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { journeyNamesQuery } from '@/api/queries';
import { Failure } from '@/ui/Failure';
import { useWhy } from './useWhy';
import { WhyEntry } from './WhyEntry';
import { WhyHere } from './WhyHere';
import { WhyIn } from './WhyIn';
import { WhyNotSent } from './WhyNotSent';

const questions = ['in', 'here', 'notSent', 'again'] as const;
type Question = (typeof questions)[number];

interface Props {
  contact: string;
  name: string;
  /** Which journey is asked about at first; null: it is chosen here. */
  journey: string | null;
  enrolment?: string;
  onClose: () => void;
}

/** Why a contact is in a journey or not, why it stands where it does, and why something was not sent. */
export function WhyDrawer({ contact, name, journey: first, enrolment: trip, onClose }: Props) {
  const { t } = useTranslation();
  const journeys = useQuery(journeyNamesQuery).data;
  const [journey, setJourney] = useState(first);
  const why = useWhy(contact, journey, journey === first ? trip : undefined);
  const [asked, ask] = useState<Question>('in');
  const view = why.data;
  const choices = [...(journeys ?? [])]
    .filter(([, { status }]) => status !== 'draft')
    .map(([value, { name: label }]) => ({ value, label }));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={520}
      title={<Title order={2}>{t('contacts.whyPane.title', { name })}</Title>}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <Select
        label={t('contacts.whyPane.journey')}
        data={choices}
        value={journey}
        onChange={setJourney}
        searchable
        allowDeselect={false}
        mb="md"
        data-autofocus={first === null || undefined}
      />
      {why.isError && <Failure error={why.error} onRetry={() => void why.refetch()} />}
      {journey && why.isPending && <Skeleton height={200} />}
      {view && !view.trip && (
        <>
          <Text fw={600} mb="sm">
            {t('contacts.whyPane.never')}
          </Text>
          <WhyEntry view={view} />
        </>
      )}
      {view?.trip && (
        <Tabs value={asked} onChange={(next) => ask(next as Question)} keepMounted={false}>
          <Tabs.List mb="md" aria-label={t('contacts.whyPane.question')}>
            {questions.map((value) => (
              <Tabs.Tab key={value} value={value}>
                {t(`contacts.whyPane.asks.${value}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="in">
            <WhyIn view={view} trip={view.trip} />
          </Tabs.Panel>
          <Tabs.Panel value="here">
            <WhyHere view={view} trip={view.trip} />
          </Tabs.Panel>
          <Tabs.Panel value="notSent">
            <WhyNotSent view={view} />
          </Tabs.Panel>
          <Tabs.Panel value="again">
            <WhyEntry view={view} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Drawer>
  );
}
