import { Button, Checkbox, Group, Modal, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { AsOf } from '@/ui/AsOf';
import type { Telling } from '@/ui/conditions/telling';
import { Failure } from '@/ui/Failure';
import type { Journey } from '../definition/journey';
import { type Failed, getFailed, putBack, putBackAll } from './liveApi';
import classes from './PointPane.module.css';
import { nameOf } from './Queue';

interface Props {
  journey: Journey;
  /** Those whose step failed there; without it, all. */
  point?: string;
  telling: Telling;
  /** How many can be put back. */
  count: number;
  /** The version that is live. */
  newest: number;
  running: boolean;
}

/** Who failed, where and why; one, some or all of them are put back where they stood. */
export function FailedList({ journey, point, telling, count, newest, running }: Props) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 250);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Failed>>(new Map());
  const [asking, setAsking] = useState<'chosen' | 'all' | undefined>();
  const [live, setLive] = useState(true);
  const [said, setSaid] = useState('');
  const queries = useQueryClient();
  const key = ['journeys', journey.id, 'failed', point ?? ''];
  const failed = useInfiniteQuery({
    queryKey: [...key, wanted],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => getFailed(journey.id, point, wanted, pageParam),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5_000,
  });
  const rows = failed.data?.pages.flatMap((page) => page.items) ?? [];
  const concerned = asking === 'all' ? rows : [...chosen.values()];
  const isOlder = concerned.some(({ version }) => version < newest);
  const act = useMutation<Awaited<ReturnType<typeof putBack>> | undefined, ProblemError>({
    mutationFn: async () => {
      if (asking !== 'all') return putBack(journey.id, [...chosen.values()], isOlder && live);
      // Of those beyond the first page one may be older, too.
      await putBackAll(journey.id, { point: point ?? null, live, search: wanted || null });
      return undefined;
    },
    onSuccess: (done) => {
      const first = done?.refused[0];
      setSaid(
        !done
          ? t('map.queue.ordered')
          : first
            ? t('map.failed.someRefused', {
                count: done.refused.length,
                done: done.done,
                text: reasonText(t, {
                  code: first.code,
                  text: first.text,
                  arguments: { where: first.where ? telling.pointName(first.where) : '' },
                }),
              })
            : t('map.failed.done', { count: done.done }),
      );
      setChosen(new Map());
      void queries.invalidateQueries({ queryKey: ['work'] });
      void queries.invalidateQueries({ queryKey: ['journeys', journey.id] });
    },
    onError: (problem) => setSaid(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
    onSettled: () => setAsking(undefined),
  });
  const toggle = (row: Failed) => {
    const next = new Map(chosen);
    if (!next.delete(row.enrolment)) next.set(row.enrolment, row);
    setChosen(next);
  };
  if (failed.isLoadingError) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
  return (
    <div>
      <AsOf query={failed} />
      <Text size="sm" c="var(--p-ink-2)" mb="sm">
        {t(running ? 'map.failed.hint' : 'map.failed.over')}
      </Text>
      <TextInput
        aria-label={t('map.failed.search')}
        placeholder={t('map.failed.search')}
        leftSection={<IconSearch size={15} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {running && count > 0 && (
        <Group gap={4} mt={6}>
          <Button size="compact-sm" variant="subtle" onClick={() => setAsking('all')}>
            {wanted ? t('map.failed.putBackFound') : t('map.failed.putBackAll', { count, number: number(count) })}
          </Button>
          {chosen.size > 0 && (
            <Button size="compact-sm" ml="auto" onClick={() => setAsking('chosen')}>
              {t('map.failed.putBackChosen', { count: chosen.size })}
            </Button>
          )}
        </Group>
      )}
      <div role="status">
        {said && (
          <Text size="sm" mt={8} c="var(--p-ink-2)">
            {said}
          </Text>
        )}
      </div>
      {failed.isPending ? (
        <Skeleton height={180} mt={12} />
      ) : rows.length === 0 ? (
        <Text size="sm" mt={16} c="var(--p-ink-2)">
          {wanted ? t('map.queue.noMatch', { search: wanted }) : t('map.failed.nobody')}
        </Text>
      ) : (
        <ul className={classes.rows} aria-label={t('map.failed.title')}>
          {rows.map((row) => (
            <li key={row.enrolment} data-selected={chosen.has(row.enrolment) || undefined}>
              {running && (
                <Checkbox
                  aria-label={t('map.queue.select', { name: nameOf(row) })}
                  disabled={!row.kept}
                  checked={chosen.has(row.enrolment)}
                  onChange={() => toggle(row)}
                />
              )}
              <span className={classes.who}>
                <Link to={`/contacts/${row.contact}`}>{nameOf(row)}</Link>
                <span className={classes.why}>{row.why}</span>
                <span className={classes.small}>
                  {!point && row.point && <>{telling.pointName(row.point)} · </>}
                  {dateTime(row.failedAt, journey.settings?.timeZone)} · {t('map.totals.oneVersion', { version: row.version })} ·{' '}
                  {!row.kept
                    ? t('map.failed.notKept')
                    : row.stood
                      ? t('map.failed.stood', { point: telling.pointName(row.stood) })
                      : t('map.failed.stoodNowhere')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {failed.hasNextPage && (
        <Group justify="flex-end" mt={12}>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={failed.isFetchingNextPage}
            onClick={() => void failed.fetchNextPage()}
          >
            {t('map.queue.more')}
          </Button>
        </Group>
      )}
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(undefined)}
          title={
            asking === 'chosen'
              ? t('map.failed.question', { count: chosen.size, number: number(chosen.size) })
              : wanted
                ? t('map.failed.questionFound', { search: wanted })
                : t('map.failed.question', { count, number: number(count) })
          }
          closeButtonProps={{ 'aria-label': t('map.close') }}
        >
          <Text size="sm">{t('map.failed.text')}</Text>
          {(isOlder || (asking === 'all' && failed.hasNextPage)) && (
            <Checkbox
              mt="md"
              label={t('map.failed.live', { version: newest })}
              description={t('map.failed.liveHint')}
              checked={live}
              onChange={(event) => setLive(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setAsking(undefined)}>
              {t('map.cancel')}
            </Button>
            <Button loading={act.isPending} onClick={() => act.mutate()} data-autofocus>
              {t('map.failed.putBack')}
            </Button>
          </Group>
        </Modal>
      )}
    </div>
  );
}
