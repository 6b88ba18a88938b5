import { Badge, Button, Skeleton, Text, Title } from '@mantine/core';
import { IconFlask, IconTrophy } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { durationText, isoOf } from '@/lib/durations';
import { localeOf } from '@/lib/formats';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { Chip } from '@/ui/Chip';
import { confirm } from '@/ui/confirm';
import { Failure } from '@/ui/Failure';
import { Notice } from '@/ui/Notice';
import { toastFailed, toastSaved } from '@/ui/toasts';
import classes from './ExperimentReport.module.css';
import { chooseWinner, type Experiment, type ExperimentPath, getExperiments } from './liveApi';

/** What an experiment has come to, in words, and the choice of its winner. */
export function ExperimentReport({ journey, point }: { journey: string; point: string }) {
  const { t } = useSay();
  const key = ['journeys', journey, 'experiments'];
  const queries = useQueryClient();
  const experiments = useQuery({ queryKey: key, queryFn: () => getExperiments(journey), refetchInterval: 5_000 });
  const choose = useMutation<unknown, ProblemError, string | undefined>({
    mutationFn: (path) => chooseWinner(journey, point, path),
    onSuccess: (_, path) => {
      toastSaved(t(path === undefined ? 'map.experiment.takenBack' : 'map.experiment.chosen'));
      return queries.invalidateQueries({ queryKey: key });
    },
    onError: (problem) =>
      toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message || t('frame.failure.broken.title')),
  });
  if (experiments.isPending) return <Skeleton height={260} />;
  if (experiments.isError) return <Failure error={experiments.error} onRetry={() => void experiments.refetch()} />;
  const one = experiments.data.find((experiment) => experiment.point === point);
  if (!one) return <Text c="dimmed">{t('map.experiment.notYet')}</Text>;
  const ask = (path: string) =>
    confirm({
      title: t('map.experiment.question', { path }),
      text: t(one.holdOut ? 'map.experiment.meaningHeldOut' : 'map.experiment.meaning'),
      more: one.ready !== path && (
        <Text mt="sm" c="var(--p-danger)">
          {t('map.experiment.early')}
        </Text>
      ),
      button: t('map.experiment.choose'),
      cancel: t('map.cancel'),
      onConfirm: () => choose.mutate(path),
    });
  return (
    <div>
      <Verdict one={one} onTakeBack={() => choose.mutate(undefined)} busy={choose.isPending} />
      <ul className={classes.paths}>
        {one.paths.map((path, at) => (
          <PathRow
            key={path.name}
            path={path}
            one={one}
            isBase={at === 0}
            busy={choose.isPending}
            onChoose={() => ask(path.name)}
          />
        ))}
      </ul>
      {one.holdOut && <HoldOut one={one} held={one.holdOut} />}
      <Text size="xs" c="dimmed" mt="md">
        {t('map.experiment.method', { confidence: Math.round(one.confidence * 1000) / 10 })}
      </Text>
    </div>
  );
}

/** Shares with one digit, and differences with their sign. */
function useShares() {
  const { language } = useSay();
  const style = { style: 'percent', maximumFractionDigits: 1 } as const;
  const plain = new Intl.NumberFormat(localeOf(language), style);
  const signed = new Intl.NumberFormat(localeOf(language), { ...style, signDisplay: 'exceptZero' });
  return { plain: (value: number) => plain.format(value), signed: (value: number) => signed.format(value) };
}

/** What a comparison says, as one would say it. */
function sureness({ real, difference }: NonNullable<Experiment['effect']>) {
  if (!real) return 'map.experiment.mayBeChance';
  return difference.value > 0 ? 'map.experiment.better' : 'map.experiment.worse';
}

function Verdict({ one, onTakeBack, busy }: { one: Experiment; onTakeBack: () => void; busy: boolean }) {
  const { t, language } = useSay();
  const { number, dateTime } = useFormats();
  const fewest = Math.min(...one.paths.map((path) => path.exposed));
  if (one.winner?.path)
    return (
      <Notice tone="success" icon={<IconTrophy size={18} />} title={t('map.experiment.wins', { path: one.winner.path })}>
        {one.winner.byItself
          ? t('map.experiment.byItself', { time: dateTime(one.winner.at) })
          : t('map.experiment.by', { who: one.winner.by ?? '', time: dateTime(one.winner.at) })}{' '}
        {t('map.experiment.allTake')}
        <Button mt="sm" size="compact-sm" variant="default" display="block" loading={busy} onClick={onTakeBack}>
          {t('map.experiment.takeBack')}
        </Button>
      </Notice>
    );
  const ends = new Date(new Date(one.began).getTime() + one.leastTime * 1000);
  const said = one.ready
    ? { title: t('map.experiment.ready', { path: one.ready }), text: t('map.experiment.readyText') }
    : !one.enoughPeople
      ? {
          title: t('map.experiment.fewPeople'),
          text: t('map.experiment.fewPeopleText', { have: number(fewest), need: number(one.leastPeople) }),
        }
      : !one.enoughTime
        ? {
            title: t('map.experiment.tooShort'),
            text: t('map.experiment.tooShortText', {
              time: durationText(language, isoOf(Math.max(1, Math.round(one.leastTime / 86_400)), 'day')),
              until: dateTime(ends),
            }),
          }
        : { title: t('map.experiment.chance'), text: t('map.experiment.chanceText') };
  return (
    <Notice tone={one.ready ? 'success' : 'plain'} icon={<IconFlask size={18} />} title={said.title}>
      {said.text}
      {one.automatic && !one.winner && ` ${t('map.experiment.willChoose')}`}
    </Notice>
  );
}

function PathRow({
  path,
  one,
  isBase,
  busy,
  onChoose,
}: {
  path: ExperimentPath;
  one: Experiment;
  isBase: boolean;
  busy: boolean;
  onChoose: () => void;
}) {
  const { t } = useSay();
  const { number } = useFormats();
  const { plain, signed } = useShares();
  const against = path.againstBase;
  const uplift = against?.uplift;
  const most = Math.max(...one.paths.map((other) => other.rate.high), one.holdOut?.rate.high ?? 0, 0.0001);
  return (
    <li data-winner={one.winner?.path === path.name || undefined}>
      <div className={classes.head}>
        <b>{path.name}</b>
        {isBase && <Badge variant="light">{t('points.experiment.base')}</Badge>}
        {one.winner?.path === path.name && <Chip tone="success">{t('map.experiment.winner')}</Chip>}
        <span className={classes.rate}>{plain(path.rate.value)}</span>
      </div>
      <Interval low={path.rate.low} value={path.rate.value} high={path.rate.high} most={most} />
      <Text size="sm">
        {t('map.experiment.figures', { converted: number(path.converted), count: path.exposed, exposed: number(path.exposed) })}
        {' · '}
        {t('map.experiment.between', { low: plain(path.rate.low), high: plain(path.rate.high) })}
      </Text>
      {against && (
        <Text size="sm" c={against.real ? (against.difference.value > 0 ? 'var(--p-success)' : 'var(--p-danger)') : 'dimmed'}>
          {uplift
            ? t('map.experiment.uplift', { uplift: signed(uplift.value), low: signed(uplift.low), high: signed(uplift.high) })
            : t('map.experiment.noUplift')}{' '}
          {t(sureness(against))}
        </Text>
      )}
      <div className={classes.foot}>
        <Text size="sm" c="dimmed">
          {t('map.experiment.best', { chance: plain(path.chanceToBeBest) })}
        </Text>
        {one.winner?.path !== path.name && (
          <Button
            size="compact-sm"
            variant={one.ready === path.name ? 'filled' : 'default'}
            disabled={busy}
            aria-label={t('map.experiment.chooseOne', { path: path.name })}
            onClick={onChoose}
          >
            {t('map.experiment.choose')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Where the rate lies, and how far it may be from there. */
function Interval({ low, value, high, most }: { low: number; value: number; high: number; most: number }) {
  const at = (share: number) => `${Math.min(100, (100 * share) / most)}%`;
  return (
    <div className={classes.interval} aria-hidden>
      <span className={classes.reach} style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }} />
      <span className={classes.at} style={{ left: at(value) }} />
    </div>
  );
}

function HoldOut({ one, held }: { one: Experiment; held: ExperimentPath }) {
  const { t } = useSay();
  const { number } = useFormats();
  const { plain, signed } = useShares();
  const effect = one.effect;
  return (
    <section className={classes.holdOut} aria-label={t('points.experiment.heldOut')}>
      <Title order={3}>{t('points.experiment.heldOut')}</Title>
      <Text size="sm">
        {plain(held.rate.value)} ·{' '}
        {t('map.experiment.figures', { converted: number(held.converted), count: held.exposed, exposed: number(held.exposed) })}
      </Text>
      {effect && (
        <Text size="sm" c={effect.real ? undefined : 'dimmed'}>
          {t('map.experiment.effect', {
            points: signed(effect.difference.value),
            low: signed(effect.difference.low),
            high: signed(effect.difference.high),
          })}{' '}
          {t(sureness(effect))}
        </Text>
      )}
    </section>
  );
}
