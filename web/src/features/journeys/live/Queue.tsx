import { Button, Checkbox, Group, Modal, Select, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import type { Telling } from '@/ui/conditions/telling';
import { Failure } from '@/ui/Failure';
import type { Journey } from '../definition/journey';
import { actOnQueue, getQueue, orderOnQueue, type Waiting } from './liveApi';
import classes from './PointPane.module.css';
import { QueueFoot } from './QueueFoot';

interface Props {
  journey: Journey;
  point: string;
  telling: Telling;
  waiting: number;
  passed: number;
}

/** Who stands here, since when and until when; and what can be done for one or many of them. */
export function Queue({ journey, point, telling, waiting, passed }: Props) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 250);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Waiting>>(new Map());
  /** Everybody who waits here, or whom the search finds, seen or not. */
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState<'moveOn' | 'moveTo' | 'remove' | undefined>();
  const [bars, setBars] = useState(false);
  const [said, setSaid] = useState('');
  const queries = useQueryClient();
  const key = ['journeys', journey.id, 'queue', point];
  const queue = useInfiniteQuery({
    queryKey: [...key, wanted],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => getQueue(journey.id, point, wanted, pageParam),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5_000,
  });
  const act = useMutation({
    mutationFn: async ({ what, to }: { what: 'moveOn' | 'moveTo' | 'remove'; to?: string }) => {
      const bar = what === 'remove' && bars;
      if (!all) return actOnQueue(journey.id, point, what, [...chosen.values()], to, bar);
      await orderOnQueue(journey.id, point, { act: what, to: to ?? null, bar, search: wanted || null, edge: null, reason: null });
      return undefined;
    },
    onSuccess: (acted) => {
      const first = acted?.refused[0];
      setSaid(
        !acted
          ? t('map.queue.ordered')
          : first
            ? t('map.queue.someRefused', { count: acted.refused.length, done: acted.done, text: refusalText(first, telling) })
            : t('map.queue.done', { count: acted.done }),
      );
      setChosen(new Map());
      setAll(false);
      setAsking(undefined);
      void queries.invalidateQueries({ queryKey: ['work'] });
      setBars(false);
      void queries.invalidateQueries({ queryKey: key });
    },
  });
  const rows = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const toggle = (row: Waiting) => {
    const next = new Map(chosen);
    if (!next.delete(row.enrolment)) next.set(row.enrolment, row);
    setAll(false);
    setChosen(next);
  };
  // Of the rows one has: up and down between them, M moves on, Del removes those that are selected.
  const keys = (event: KeyboardEvent<HTMLUListElement>) => {
    const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];
    const here = boxes.indexOf(document.activeElement as HTMLInputElement);
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown') boxes[here + 1]?.focus();
    else if (event.key === 'ArrowUp') boxes[here - 1]?.focus();
    else if (event.key === 'm' && chosen.size > 0 && !act.isPending) act.mutate({ what: 'moveOn' });
    else if (event.key === 'Delete' && chosen.size > 0) setAsking('remove');
    else return;
    event.preventDefault();
  };
  if (queue.isLoadingError) return <Failure error={queue.error} onRetry={() => void queue.refetch()} />;
  return (
    <div>
      <AsOf query={queue} />
      <TextInput
        aria-label={t('map.queue.search')}
        placeholder={t('map.queue.search')}
        leftSection={<IconSearch size={15} />}
        value={search}
        onChange={(event) => {
          setAll(false);
          setSearch(event.currentTarget.value);
        }}
      />
      {!all && rows.length > 1 && (
        <Button size="compact-sm" variant="subtle" mt={6} onClick={() => setAll(true)}>
          {wanted ? t('map.queue.selectFound') : t('map.queue.selectAll', { count: waiting, number: number(waiting) })}
        </Button>
      )}
      {(chosen.size > 0 || all) && (
        <div className={classes.selected}>
          <span>
            {all
              ? wanted
                ? t('map.queue.allFound', { search: wanted })
                : t('map.queue.allSelected', { count: waiting, number: number(waiting) })
              : t('map.queue.selected', { count: chosen.size })}
          </span>
          <Group gap={4} ml="auto">
            <Button
              size="compact-sm"
              variant="subtle"
              loading={act.isPending}
              onClick={() => (all ? setAsking('moveOn') : act.mutate({ what: 'moveOn' }))}
            >
              {t('map.queue.moveOn')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setAsking('moveTo')}>
              {t('map.queue.moveTo')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setAsking('remove')}>
              {t('map.queue.remove')}
            </Button>
          </Group>
        </div>
      )}
      <div role="status">
        {said && (
          <Text size="sm" mt={8} c="var(--p-ink-2)">
            {said}
          </Text>
        )}
      </div>
      {act.isError && (
        <Text size="sm" mt={8} c="var(--p-danger)">
          {act.error instanceof ProblemError && act.error.reasons[0]
            ? reasonText(t, act.error.reasons[0])
            : t('frame.failure.broken.title')}
        </Text>
      )}
      {queue.isPending ? (
        <Skeleton height={180} mt={12} />
      ) : rows.length === 0 ? (
        <Text size="sm" mt={16} c="var(--p-ink-2)">
          {wanted ? t('map.queue.noMatch', { search: wanted }) : t('map.queue.nobody', { count: passed, passed: number(passed) })}
        </Text>
      ) : (
        <ul className={classes.rows} onKeyDown={keys}>
          {rows.map((row) => {
            const release = releaseOf(row);
            return (
              <li key={row.enrolment} data-selected={chosen.has(row.enrolment) || undefined}>
                <Checkbox
                  aria-label={t('map.queue.select', { name: nameOf(row) })}
                  checked={all || chosen.has(row.enrolment)}
                  onChange={() => toggle(row)}
                />
                <span className={classes.who}>
                  <Link to={`/contacts/${row.contact}`}>{nameOf(row)}</Link>
                  <span className={classes.small}>
                    {t('map.queue.since', { time: dateTime(row.since, journey.settings?.timeZone) })}
                  </span>
                </span>
                <span className={classes.until}>
                  {row.until && t('map.queue.until', { time: dateTime(row.until, journey.settings?.timeZone) })}
                  {release && <span className={classes.small}>{t(release)}</span>}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      <Group justify="space-between" mt={12}>
        <Text size="sm" c="dimmed">
          {t('map.queue.shown', { shown: number(rows.length), count: waiting, all: number(waiting) })}
        </Text>
        {queue.hasNextPage && (
          <Button
            size="compact-sm"
            variant="subtle"
            loading={queue.isFetchingNextPage}
            onClick={() => void queue.fetchNextPage()}
          >
            {t('map.queue.more')}
          </Button>
        )}
      </Group>
      {rows.length > 0 && <QueueFoot journey={journey} point={point} name={telling.pointName(point)} />}
      {asking === 'moveTo' && (
        <Modal
          opened
          onClose={() => setAsking(undefined)}
          title={
            all
              ? t('map.queue.moveToAll', { count: waiting, number: number(waiting) })
              : t('map.queue.moveToTitle', { count: chosen.size })
          }
          closeButtonProps={{ 'aria-label': t('map.close') }}
        >
          <Select
            label={t('map.queue.moveToLabel')}
            description={t('map.queue.moveToHint')}
            searchable
            data-autofocus
            data={Object.keys(journey.points)
              .filter((id) => id !== point)
              .map((id) => ({ value: id, label: telling.pointName(id) }))}
            onChange={(to) => to && act.mutate({ what: 'moveTo', to })}
          />
        </Modal>
      )}
      {asking === 'moveOn' && (
        <Modal
          opened
          onClose={() => setAsking(undefined)}
          title={t('map.queue.moveOnAll', { count: waiting, number: number(waiting) })}
          closeButtonProps={{ 'aria-label': t('map.close') }}
        >
          <Text size="sm">{wanted ? t('map.queue.onlyFound', { search: wanted }) : t('map.queue.moveOnText')}</Text>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setAsking(undefined)}>
              {t('map.cancel')}
            </Button>
            <Button loading={act.isPending} onClick={() => act.mutate({ what: 'moveOn' })}>
              {t('map.queue.moveOn')}
            </Button>
          </Group>
        </Modal>
      )}
      {asking === 'remove' && (
        <Modal
          opened
          onClose={() => setAsking(undefined)}
          title={
            all
              ? t('map.queue.removeAll', { count: waiting, number: number(waiting) })
              : t('map.queue.removeTitle', { count: chosen.size })
          }
          closeButtonProps={{ 'aria-label': t('map.close') }}
        >
          {all && wanted && (
            <Text size="sm" mb="xs">
              {t('map.queue.onlyFound', { search: wanted })}
            </Text>
          )}
          <Text size="sm">{t('map.queue.removeText')}</Text>
          <Checkbox
            mt="md"
            label={t('map.queue.bar')}
            description={t('map.queue.barHint')}
            checked={bars}
            onChange={(event) => setBars(event.currentTarget.checked)}
          />
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setAsking(undefined)}>
              {t('map.cancel')}
            </Button>
            <Button color="red" loading={act.isPending} onClick={() => act.mutate({ what: 'remove' })}>
              {t('map.queue.removeButton')}
            </Button>
          </Group>
        </Modal>
      )}
    </div>
  );
}

/** What would release them, beside the time. */
function releaseOf({ noted, until, why }: Waiting): string | undefined {
  if (noted) return 'map.queue.noted';
  if (why === 'window' || why === 'quiet' || why === 'cap' || why === 'point-paused' || why === 'journey-paused')
    return `map.queue.held.${why}`;
  // Given out in order of arrival: no time is known before it comes.
  if (why === 'entry-rate' || why === 'place' || why === 'coupon' || why === 'owner') return `map.queue.only.${why}`;
  const known = why === 'activity' || why === 'condition' ? why : undefined;
  if (until) return known && `map.queue.or.${known}`;
  return `map.queue.only.${known ?? 'other'}`;
}

/** Why somebody was not taken; where it is now by the name of the point. */
function refusalText({ code, text, where }: Schemas['RefusedRow'], telling: Telling): string {
  return reasonText(telling.t, { code, text, arguments: { where: where ? telling.pointName(where) : '' } });
}

export function nameOf(row: Pick<Waiting, 'name' | 'email' | 'userId' | 'contact'>): string {
  return row.name || row.email || row.userId || row.contact.slice(0, 8);
}
