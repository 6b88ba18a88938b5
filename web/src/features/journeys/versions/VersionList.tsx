import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { confirm } from '@/ui/confirm';
import { Failure } from '@/ui/Failure';
import { toastFailed } from '@/ui/toasts';
import { cardOf, useJourneyTellings } from '../points/catalogue';
import { countsOf } from './changes';
import { DialHistory } from './DialHistory';
import type { Chosen, Comparison } from './useComparison';
import { VersionRow } from './VersionRow';
import classes from './Versions.module.css';
import { getStatistics, getVersions, restoreVersion } from './versionsApi';

interface Props {
  view: Schemas['JourneyView'];
  revision: number;
  chosen: Chosen;
  /** Whether the draft says something else than what is live. */
  differs: boolean;
  ended: boolean;
  comparison: Comparison;
  onChoose: (chosen: Chosen) => void;
  onPublish: (() => void) | undefined;
  /** What the draft's revision is then. */
  onRestored: (revision: number) => void;
}

/** The draft, where it differs, and what was published, newest first; what can be done with the one chosen stands below. */
export function VersionList({ view, revision, chosen, differs, ended, comparison, onChoose, onPublish, onRestored }: Props) {
  const { t } = useSay();
  const { number } = useFormats();
  const queries = useQueryClient();
  const versions = useInfiniteQuery({
    queryKey: ['journeys', view.id, 'versions', 'list', view.version],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => getVersions(view.id, pageParam),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const statistics = useQuery({
    queryKey: ['journeys', view.id, 'statistics'],
    queryFn: () => getStatistics(view.id),
    refetchInterval: 5_000,
  });
  const restore = useMutation({
    mutationFn: (version: number) => restoreVersion(view.id, version, revision),
    onSuccess: async (restored) => {
      await queries.invalidateQueries({ queryKey: ['journeys', view.id], exact: true });
      void queries.invalidateQueries({ queryKey: ['journeys'], exact: true });
      onRestored(restored.revision);
    },
    onError: (error) => {
      const [reason] = error instanceof ProblemError ? error.reasons : [];
      toastFailed(reason ? reasonText(t, reason) : error.message);
    },
  });
  const ask = (version: number) =>
    confirm({
      title: t('versions.restore.question', { version }),
      text: differs ? t('versions.restore.textLost', { version }) : t('versions.restore.text', { version }),
      button: t('versions.restore.button', { version }),
      cancel: t('map.cancel'),
      onConfirm: () => restore.mutate(version),
    });
  const tell = useJourneyTellings();
  const titleOf = (id: string, side: 'before' | 'after') => {
    const journey = comparison[side];
    return journey ? cardOf(journey, id, tell(journey)).title : id;
  };
  const { people } = comparison;
  const counts = countsOf(comparison.parts);
  const touched = people.reduce((sum, group) => sum + (group.state === 'same' ? 0 : group.contacts), 0);
  const all = people.reduce((sum, group) => sum + group.contacts, 0);
  return (
    <aside className={classes.pane} aria-label={t('versions.title')}>
      <header className={classes.paneHead}>
        <h2>{t('versions.title')}</h2>
        <p>
          {(['added', 'changed', 'removed'] as const).map(
            (change) =>
              counts[change] > 0 && (
                <span key={change} data-change={change}>
                  {t(`versions.counts.${change}`, { count: counts[change] })}
                </span>
              ),
          )}
        </p>
        {chosen === 'draft' && all > 0 && (
          <p>{t('versions.people.touched', { count: all, all: number(all), people: number(touched) })}</p>
        )}
      </header>
      <div className={classes.list}>
        {versions.isError && <Failure error={versions.error} onRetry={() => void versions.refetch()} />}
        {versions.isPending && <Skeleton height={160} m={16} />}
        <ul>
          {differs && (
            <li>
              <button type="button" aria-current={chosen === 'draft' || undefined} onClick={() => onChoose('draft')}>
                <b>{t('versions.draftOf', { version: view.version + 1 })}</b>
                <small>{view.updatedBy ? t('versions.draftBy', { name: view.updatedBy }) : t('versions.notLive')}</small>
              </button>
            </li>
          )}
          {versions.data?.pages
            .flatMap((page) => page.items)
            .map((version) => (
              <VersionRow
                key={version.version}
                version={version}
                live={version.version === view.version}
                ended={ended}
                figures={statistics.data?.versions.find((one) => one.version === version.version)}
                chosen={version.version === chosen}
                titleOf={titleOf}
                onChoose={() => onChoose(version.version)}
              />
            ))}
        </ul>
        <DialHistory journey={view.id} titleOf={(id) => titleOf(id, 'after')} />
        {versions.hasNextPage && (
          <Button variant="subtle" m={8} loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
            {t('versions.more')}
          </Button>
        )}
      </div>
      {!ended && (chosen === 'draft' ? onPublish : chosen !== view.version || differs) && (
        <footer className={classes.foot}>
          {chosen === 'draft' ? (
            <Button onClick={onPublish}>{t('versions.publish', { version: view.version + 1 })}</Button>
          ) : (
            <Button variant="default" loading={restore.isPending} onClick={() => ask(chosen)}>
              {t('versions.restore.do', { version: chosen })}
            </Button>
          )}
        </footer>
      )}
    </aside>
  );
}
