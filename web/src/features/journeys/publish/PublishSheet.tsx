import { Button, Drawer, Group, Skeleton, Text, Textarea, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { Failure } from '@/ui/Failure';
import { FirstEffects } from '../ahead/FirstEffects';
import type { Journey } from '../definition/journey';
import { getForecast, getReview } from '../live/liveApi';
import { useJourneyTelling } from '../points/catalogue';
import { ApprovalBox } from './ApprovalBox';
import { Blocking } from './Blocking';
import { CheckList } from './CheckList';
import { Counted } from './Counted';
import { Entrances } from './Entrances';
import { Holds } from './Holds';
import { Overlaps } from './Overlaps';
import { PeopleInside } from './PeopleInside';
import classes from './PublishSheet.module.css';
import { type Choice, choicesOf, groupOfProblem, rulesOf, unanswered } from './people';
import { StartWhen } from './StartWhen';
import { useApproval } from './useApproval';
import { usePeople } from './usePeople';

const noteMax = 500;

interface Props {
  journey: Journey;
  revision: number;
  /** Whether it is live already, so that this makes a new version. */
  version: number;
  /** Whoever is inside hears of the new version when the journey goes on. */
  paused?: boolean;
  /** What was changed here is not with the server yet: nothing older than what is shown goes live. */
  unsaved?: boolean;
  /** From when it lets people in, where that can still be chosen. */
  onStartsAt?: (startsAt: string | undefined) => void;
  onClose: () => void;
  onProblems: () => void;
  onLive: () => void;
}

/** What going live means, before it is done: who may come, what they get first, and what was checked. */
export function PublishSheet({
  journey,
  revision,
  version,
  paused = false,
  unsaved = false,
  onStartsAt,
  onClose,
  onProblems,
  onLive,
}: Props) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const telling = useJourneyTelling(journey);
  const queries = useQueryClient();
  const review = useQuery({
    queryKey: ['journeys', journey.id, 'review', revision],
    queryFn: () => getReview(journey.id),
    staleTime: 0,
    // Who is eligible is counted in the background: asked again until it is done.
    refetchInterval: ({ state: { data } }) =>
      data &&
      [data.eligible, data.atOnce, ...data.starts.map(({ matches }) => matches)].some((counted) => counted && !counted.complete)
        ? 1_000
        : false,
  });
  const forecast = useQuery({
    queryKey: ['journeys', journey.id, 'forecast', revision],
    queryFn: () => getForecast(journey.id),
    staleTime: 60_000,
  });
  // What is checked must be known before anything goes live; who comes is good to know.
  const check = useQuery({
    queryKey: ['journeys', journey.id, 'check', revision],
    queryFn: () => take(api.GET('/api/v1/journeys/{id}/check', { params: { path: { id: journey.id } } })),
    staleTime: 0,
  });
  const approval = useApproval(journey.id);
  // What is asked already waits for its answer: what becomes of those inside stands in it.
  const waits = approval.required && approval.request !== undefined && !approval.request.comment;
  const asks = waits ? approval.request?.people : undefined;
  const people = usePeople(journey, revision, version, asks);
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const { rules, of } = rulesOf(people.groups, choices);
  const publish = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/journeys/{id}/publish', {
          params: { path: { id: journey.id }, header: { 'If-Match': `"${revision}"` } },
          body: { note: note.trim() || null, people: rules },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['journeys'] });
      onLive();
    },
  });
  const problems = check.data?.problems ?? [];
  const errors = problems.filter((problem) => problem.severity !== 'warning');
  const eligible = review.data?.eligible;
  const atOnce = review.data?.atOnce;
  const perDay = forecast.data?.perDay;
  const rate = journey.settings?.entryRate;
  const knowsPeople = version === 0 || people.changes.data !== undefined;
  const mayPublish =
    check.data !== undefined &&
    errors.length === 0 &&
    !unsaved &&
    knowsPeople &&
    !waits &&
    !publish.isPending &&
    !approval.act.isPending;
  const open = unanswered(people.groups, choices, journey.points);
  const goLive = () => {
    if (!mayPublish) return;
    setAsked(true);
    if (open.length === 0 && approval.required)
      approval.act.mutate({ ask: { note: note.trim() || null, people: rules }, revision });
    else if (open.length === 0) publish.mutate();
    // Shown there, and gone to: the row may be far up.
    else document.querySelector<HTMLElement>(`[data-group="${CSS.escape(open[0]?.key ?? '')}"] input[role="combobox"]`)?.focus();
  };
  useHotkeys([['mod+Enter', goLive]], []);
  const refused = publish.error instanceof ProblemError ? publish.error.reasons : [];
  const groupProblems = new Map(asked ? open.map((group) => [group.key, t('versions.people.then.choose')]) : []);
  for (const reason of refused) {
    const key = groupOfProblem(reason.path, of);
    if (key) groupProblems.set(key, reasonText(t, reason));
  }
  const others = refused.filter((reason) => groupOfProblem(reason.path, of) === undefined && reason.path !== '/note');
  const noteProblem = refused.find((reason) => reason.path === '/note');
  return (
    <Drawer
      opened
      onClose={onClose}
      size={720}
      title={<Title order={2}>{t('map.publish.title')}</Title>}
      closeButtonProps={{ 'aria-label': t('map.close') }}
      classNames={{ body: classes.body }}
    >
      <Text size="sm" c="var(--p-ink-2)" mb="md">
        {version === 0
          ? t(approval.required ? 'map.publish.firstAsked' : 'map.publish.first', { name: journey.name })
          : t('map.publish.next', { name: journey.name, version: version + 1 })}
      </Text>
      {check.isPending && <Skeleton height={240} />}
      {check.isError && <Failure error={check.error} onRetry={() => void check.refetch()} />}
      {people.changes.isError && <Failure error={people.changes.error} onRetry={() => void people.changes.refetch()} />}
      {check.data && (
        <div className={classes.content}>
          {errors.length > 0 && <Blocking journey={journey} telling={telling} errors={errors} onProblems={onProblems} />}
          {approval.required && <ApprovalBox approval={approval} revision={revision} onLive={onLive} />}
          {people.groups.length > 0 && (
            <PeopleInside
              journey={journey}
              telling={telling}
              people={people}
              version={version}
              paused={paused}
              choices={asks ? choicesOf(people.groups, asks) : choices}
              problems={groupProblems}
              onChoose={
                asks
                  ? undefined
                  : (key, choice) => {
                      setChoices({ ...choices, [key]: choice });
                      publish.reset();
                    }
              }
            />
          )}
          {!waits && (
            <Textarea
              label={t('versions.note')}
              description={t('versions.noteHint')}
              autosize
              maxRows={6}
              maxLength={noteMax}
              value={note}
              error={noteProblem && reasonText(t, noteProblem)}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )}
          {review.data && (
            <>
              <section>
                <Title order={3} mb={8}>
                  {t('map.publish.who')}
                </Title>
                <div className={classes.boxes}>
                  <div>
                    <b>{eligible ? <Counted count={eligible} /> : t('map.publish.everybody')}</b>
                    <span>{t('map.publish.eligible')}</span>
                    {eligible && <small>{t('map.publish.eligibleOf', { count: eligible.of, of: number(eligible.of) })}</small>}
                  </div>
                  <div>
                    <b>{atOnce ? <Counted count={atOnce} /> : number(0)}</b>
                    <span>{t('map.publish.atOnce')}</span>
                    <small>{t(atOnce ? 'map.publish.currentToo' : 'map.publish.atOnceHint')}</small>
                  </div>
                  <div>
                    {forecast.data && typeof perDay === 'number' ? (
                      <>
                        <b>≈ {number(perDay < 10 ? perDay : Math.round(perDay))}</b>
                        <span>{t('map.publish.eachDay', { count: perDay })}</span>
                        <small>{t('map.publish.eachDayHint', { days: number(forecast.data.days) })}</small>
                      </>
                    ) : (
                      <>
                        <b>{number(journey.start.length)}</b>
                        <span>{t('map.publish.starts', { count: journey.start.length })}</span>
                      </>
                    )}
                  </div>
                </div>
              </section>
              <section>
                <Title order={3} mb={8}>
                  {t('map.publish.entrances')}
                </Title>
                <Entrances journey={journey} starts={review.data.starts} telling={telling} />
                {rate && (
                  <Text size="sm" c="var(--p-ink-2)" mt={8}>
                    {t(`map.publish.rate.${rate.per}`, { count: rate.most, most: number(rate.most) })}
                  </Text>
                )}
              </section>
              <section>
                <Title order={3} mb={8}>
                  {t('map.ahead.effects.title')}
                </Title>
                <FirstEffects
                  journey={journey}
                  revision={revision}
                  contents={review.data.contents}
                  entries={{ perDay: perDay ?? undefined, atOnce: atOnce?.now ?? atOnce?.about ?? 0 }}
                  telling={telling}
                />
              </section>
              {review.data.contents.length > 0 && <Holds journey={journey} telling={telling} />}
            </>
          )}
          <section>
            <Title order={3} mb={8}>
              {t('map.publish.checks')}
            </Title>
            <CheckList journey={journey} problems={problems} />
            <Overlaps journey={journey} telling={telling} />
          </section>
        </div>
      )}
      <footer className={classes.foot}>
        {approval.act.isError && (
          <Text size="sm" c="var(--p-danger)" role="alert">
            {reasonText(t, { code: approval.act.error.code, text: approval.act.error.message, arguments: undefined })}
          </Text>
        )}
        {publish.isError && (
          <Text size="sm" c="var(--p-danger)" role="alert">
            {others[0]
              ? reasonText(t, others[0])
              : refused.length > 0
                ? t('versions.people.refused', { count: refused.length })
                : publish.error.message}
          </Text>
        )}
        {onStartsAt && (
          <StartWhen value={journey.settings?.startsAt} timeZone={journey.settings?.timeZone} onChange={onStartsAt} />
        )}
        <Text size="sm" c="dimmed">
          {journey.settings?.startsAt
            ? t('map.publish.later', {
                time: dateTime(journey.settings.startsAt, journey.settings.timeZone),
                zone: journey.settings.timeZone ?? 'UTC',
              })
            : t('map.publish.atOnceStarts')}
        </Text>
        <Group ml="auto" wrap="nowrap">
          <Button variant="default" onClick={onClose}>
            {t('map.cancel')}
          </Button>
          <Button
            loading={publish.isPending || approval.act.isPending}
            disabled={!mayPublish}
            title={t('map.publish.key')}
            onClick={goLive}
          >
            {t(approval.required ? 'versions.approval.ask' : version === 0 ? 'map.publish.goLive' : 'map.publish.publish')}
          </Button>
        </Group>
      </footer>
    </Drawer>
  );
}
