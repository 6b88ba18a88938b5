import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { type View, ViewSwitch } from '../map/ViewSwitch';
import { type Choices, FigureChoices } from './FigureChoices';
import { type Statistics, useLive, widthOf } from './liveStore';
import classes from './TotalsBar.module.css';

const outcomes = ['successful', 'unsuccessful', 'completed', 'exited', 'removed', 'failed'] as const;

/** Started is in progress and each way of having ended: it always adds up, over all time; of a period it is what came about in it. Below, what a line's width means. */
export function TotalsBar({
  view,
  onView,
  eligible,
  choices,
  onFailed,
}: {
  view: View;
  onView: (view: View) => void;
  /** How many contacts may enter, as far as that is known. */
  eligible: number | undefined;
  choices: Choices;
  /** Asks who failed. */
  onFailed: () => void;
}) {
  const { t } = useSay();
  const { number, dateTime } = useFormats();
  const statistics = useLive((state) => state.statistics);
  const most = useLive((state) => state.most);
  const example = roundExample(most);
  return (
    <section className={classes.bar} aria-label={t('map.totals.label')}>
      <ViewSwitch view={view} onView={onView} inLine />
      {statistics && (
        <>
          <Figures statistics={statistics} eligible={eligible} onFailed={onFailed} />
          {most > 0 && view === 'map' && (
            <div className={classes.legend} aria-hidden>
              <span>
                <span className={classes.wide} style={{ height: widthOf(example, most).width }} />
                {t('map.totals.people', { count: example, people: number(example) })}
              </span>
              <span>
                <span className={classes.train} />
                {t('map.totals.moving')}
              </span>
            </div>
          )}
          <div className={classes.choices}>
            <FigureChoices {...choices} className={classes.choice} />
          </div>
          {statistics.from && <p className={classes.since}>{t('map.totals.since', { time: dateTime(statistics.from) })}</p>}
        </>
      )}
    </section>
  );
}

function Figures({
  statistics,
  eligible,
  onFailed,
}: {
  statistics: Statistics;
  eligible: number | undefined;
  onFailed: () => void;
}) {
  const { t } = useSay();
  const { number, share } = useFormats();
  const ended = outcomes.filter((outcome) => outcome === 'successful' || (statistics.ended[outcome] ?? 0) > 0);
  return (
    <dl className={classes.figures}>
      <Figure
        label={t('map.totals.started')}
        value={number(statistics.started)}
        note={eligible === undefined ? undefined : t('map.totals.eligible', { number: number(eligible) })}
      />
      <Figure label={t('map.totals.inProgress')} value={number(statistics.inProgress)} tone="accent" />
      {ended.map((outcome) => (
        <Figure
          key={outcome}
          label={t(`map.totals.${outcome}`)}
          value={number(statistics.ended[outcome] ?? 0)}
          note={statistics.started > 0 ? share(statistics.ended[outcome] ?? 0, statistics.started) : undefined}
          tone={outcome === 'successful' ? 'success' : outcome === 'failed' ? 'danger' : undefined}
          onPress={outcome === 'failed' ? onFailed : undefined}
        />
      ))}
    </dl>
  );
}

function Figure({
  label,
  value,
  tone,
  note,
  onPress,
}: {
  label: string;
  value: string;
  tone?: string;
  note?: string;
  onPress?: () => void;
}) {
  const { t } = useSay();
  return (
    <div>
      <dt>{label}</dt>
      <dd data-tone={tone}>
        {onPress ? (
          <button type="button" className={classes.press} aria-label={t('map.failed.who', { number: value })} onClick={onPress}>
            {value}
          </button>
        ) : (
          value
        )}
      </dd>
      {note && <dd className={classes.note}>{note}</dd>}
    </div>
  );
}

/** A true example for the legend: a round number that is on some line's scale. */
function roundExample(most: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return Math.max(1, Math.floor(most / step) * step);
}

/** Whether the figures come by themselves, else from when they are. */
export function Updated({ connected }: { connected: boolean }) {
  const { t } = useSay();
  const { time } = useFormats();
  const asOf = useLive((state) => state.statistics?.asOf);
  if (!asOf) return null;
  return (
    <span className={classes.updated} data-connected={connected || undefined}>
      {connected ? t('map.live.byItself') : t('map.live.asOf', { time: time(asOf) })}
    </span>
  );
}
