import { ActionIcon, Button, Group, List, Menu, Modal, Radio, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import {
  IconClock,
  IconClockOff,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, type Schemas, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { localOf } from '@/lib/localTimes';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { getStanding } from '../live/liveApi';

export type What = 'pause' | 'schedule' | 'resume' | 'end' | 'unpause';

const mays: Record<'pause' | 'resume' | 'end', readonly Schemas['JourneyStatus'][]> = {
  pause: ['live', 'filling'],
  resume: ['paused'],
  end: ['live', 'filling', 'paused'],
};

/** What the address asks for (`?do=pause`), as the search does: it is asked about here, like what is pressed. */
function useOrdered(status: Schemas['JourneyStatus'], ask: (what: What) => void) {
  const [search, setSearch] = useSearchParams();
  const ordered = search.get('do');
  useEffect(() => {
    if (ordered !== 'pause' && ordered !== 'resume' && ordered !== 'end') return;
    if (mays[ordered].includes(status)) ask(ordered);
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete('do');
        return next;
      },
      { replace: true },
    );
  }, [ordered, status, ask, setSearch]);
}

/** Pause, resume and end of what is live: each says first what it means for the people inside. */
export function StateActions({ view, onEdit }: { view: Schemas['JourneyView']; onEdit: (() => void) | undefined }) {
  const { t } = useSay();
  const { dateTime } = useFormats();
  const [asking, setAsking] = useState<What | undefined>();
  useOrdered(view.status, setAsking);
  const ended = view.status === 'ended' || view.status === 'archived';
  if (ended) return null;
  return (
    <>
      {onEdit && (
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t('map.state.editDraft')}
        </Button>
      )}
      {view.status === 'paused' && view.resumesAt && (
        <Text size="sm" c="var(--p-ink-2)">
          {t('map.state.resumesAt', { time: dateTime(view.resumesAt) })}
        </Text>
      )}
      {view.scheduledPause && (
        <Text size="sm" c="var(--p-ink-2)">
          {t('map.state.pausesAt', { time: dateTime(view.scheduledPause.at) })}
        </Text>
      )}
      {view.status === 'paused' ? (
        <Button leftSection={<IconPlayerPlay size={16} />} onClick={() => setAsking('resume')}>
          {t('map.state.resume')}
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconPlayerPause size={16} />} onClick={() => setAsking('pause')}>
          {t('map.state.pause')}
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t('map.state.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {view.status === 'paused' && (
            <Menu.Item leftSection={<IconClock size={15} />} onClick={() => setAsking('schedule')}>
              {t('map.state.schedule')}
            </Menu.Item>
          )}
          {view.scheduledPause && (
            <Menu.Item leftSection={<IconClockOff size={15} />} onClick={() => setAsking('unpause')}>
              {t('map.state.unpause')}
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconPlayerStop size={15} />} onClick={() => setAsking('end')}>
            {t('map.state.end')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && <AskState what={asking} view={view} onClose={() => setAsking(undefined)} />}
    </>
  );
}

/** Times are those of whoever sets them. */
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What becomes of the people inside, and the question itself. */
export function AskState({
  what,
  view,
  onClose,
}: {
  what: What;
  view: Pick<Schemas['JourneyView'], 'id' | 'name' | 'resumesAt' | 'scheduledPause'>;
  onClose: () => void;
}) {
  const { id, name } = view;
  const { t } = useSay();
  const { number } = useFormats();
  const queries = useQueryClient();
  // A pause that is set is shown as it was set, and set anew.
  const set = what === 'pause' ? (view.scheduledPause ?? undefined) : undefined;
  const [waits, setWaits] = useState<'freeze' | 'runOn'>(set?.runOn ? 'runOn' : 'freeze');
  const [from, setFrom] = useState(() => localOf(set?.at, here));
  const [until, setUntil] = useState(() =>
    localOf(what === 'schedule' ? (view.resumesAt ?? undefined) : (set?.resumesAt ?? undefined), here),
  );
  const standing = useQuery({ queryKey: ['journeys', id, 'standing'], queryFn: () => getStanding(id), staleTime: 0 });
  const act = useMutation({
    mutationFn: async () => {
      const path = { id };
      if (what === 'unpause') return take(api.DELETE('/api/v1/journeys/{id}/scheduled-pause', { params: { path } }));
      if (what === 'pause' && from) {
        const body = {
          at: new Date(from).toISOString(),
          runOn: waits === 'runOn',
          resumesAt: until ? new Date(until).toISOString() : null,
        };
        return take(api.PUT('/api/v1/journeys/{id}/scheduled-pause', { params: { path }, body }));
      }
      if (what === 'pause' || what === 'schedule') {
        const resumesAt = until ? new Date(until).toISOString() : undefined;
        return take(
          api.POST('/api/v1/journeys/{id}/pause', { params: { path, query: { runOn: waits === 'runOn', resumesAt } } }),
        );
      }
      if (what === 'resume') return take(api.POST('/api/v1/journeys/{id}/resume', { params: { path } }));
      return take(api.POST('/api/v1/journeys/{id}/end', { params: { path } }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['journeys'] });
      onClose();
    },
  });
  const people = standing.data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`map.state.${what}Question`, { name })}
      closeButtonProps={{ 'aria-label': t('map.close') }}
    >
      <Stack gap={12}>
        {standing.isPending && <Skeleton height={48} />}
        {people && (
          <Text size="sm">
            {t('map.state.inside', { count: people.inProgress, people: number(people.inProgress) })}{' '}
            {people.unsent > 0 && t('map.state.unsent', { count: people.unsent, messages: number(people.unsent) })}
          </Text>
        )}
        {people && people.inProgress > 0 && what !== 'resume' && what !== 'unpause' && (
          <List size="sm" c="var(--p-ink-2)" aria-label={t('map.state.waiting.label')}>
            {(['waitingElapsed', 'waitingCalendar', 'waitingOpen'] as const).map(
              (figure) =>
                people[figure] > 0 && (
                  <List.Item key={figure}>
                    {t(`map.state.waiting.${figure}`, { count: people[figure], people: number(people[figure]) })}
                  </List.Item>
                ),
            )}
          </List>
        )}
        <Text size="sm" c="var(--p-ink-2)">
          {t(`map.state.${what}Text`)}
        </Text>
        {what === 'pause' && (
          <Radio.Group label={t('map.state.waits')} value={waits} onChange={(next) => setWaits(next as 'freeze' | 'runOn')}>
            <Stack gap={8} mt={6}>
              <Radio value="freeze" label={t('map.state.freeze')} description={t('map.state.freezeHint')} />
              <Radio value="runOn" label={t('map.state.runOn')} description={t('map.state.runOnHint')} />
            </Stack>
          </Radio.Group>
        )}
        {what === 'pause' && (
          <TextInput
            type="datetime-local"
            label={t('map.state.from')}
            description={t('map.state.fromHint')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        )}
        {(what === 'pause' || what === 'schedule') && (
          <TextInput
            type="datetime-local"
            label={t('map.state.until')}
            description={t('map.state.untilHint')}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        )}
        {act.isError && (
          <Text size="sm" c="var(--p-danger)" role="alert">
            {act.error instanceof ProblemError && act.error.reasons[0] ? reasonText(t, act.error.reasons[0]) : act.error.message}
          </Text>
        )}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t('map.cancel')}
          </Button>
          <Button color={what === 'end' ? 'red' : undefined} loading={act.isPending} onClick={() => act.mutate()} data-autofocus>
            {t(what === 'pause' && from ? 'map.state.scheduleButton' : `map.state.${what}Button`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
