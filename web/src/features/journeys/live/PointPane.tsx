import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { spanText } from '@/lib/durations';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Telling } from '@/ui/conditions/telling';
import { exitsOfId, startOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import { Pane } from '../editor/Pane';
import paneClasses from '../editor/Pane.module.css';
import type { Letters } from '../map/letters';
import { lineStyle } from '../map/lineStyle';
import { branchNameOf, cardOf, iconOf, iconOfStart, shapeOf } from '../points/catalogue';
import { PointReading } from '../points/PointReading';
import { ExperimentReport } from './ExperimentReport';
import { FailedList } from './FailedList';
import type { Choices } from './FigureChoices';
import { HoldPoint } from './HoldPoint';
import { getWaits } from './liveApi';
import { useLive, usePassage } from './liveStore';
import { MessageReport } from './MessageReport';
import classes from './PointPane.module.css';
import { isOffTheLine } from './passage';
import { Queue } from './Queue';
import { RateDial } from './RateDial';
import { SharesDial } from './SharesDial';

interface Props {
  id: string;
  journey: Journey;
  telling: Telling;
  letters: Letters;
  running: boolean;
  /** The version that is live. */
  newest: number;
  choices: Choices;
  tab: string;
  onTab: (tab: string) => void;
  onClose: () => void;
}

/** A point of a live journey: who waits here, and what went through. */
export function PointPane({ id, journey, telling, letters, running, newest, choices, tab, onTab, onClose }: Props) {
  const { t } = useSay();
  const { number } = useFormats();
  const numbers = useLive((state) => state.points.get(id));
  const point = journey.points[id];
  // At an entrance people wait where only so many are let in in a time.
  const waits = point !== undefined || (numbers?.waiting ?? 0) > 0;
  const start = startOf(journey, id);
  const card = cardOf(journey, id, telling);
  const letter = letters.ofNode.get(id) ?? '';
  const Icon = start ? iconOfStart(start) : point && iconOf(point);
  const failed = numbers?.failed ?? 0;
  const departures = Object.entries(numbers?.left ?? {});
  const { passed, left } = usePassage(id) ?? { passed: 0, left: 0 };
  return (
    <Pane
      label={t('map.pane.point', { point: card.title })}
      mark={
        <span
          className={paneClasses.mark}
          data-shape={start ? 'start' : point ? shapeOf(point) : 'action'}
          style={lineStyle(letter)}
          aria-hidden
        >
          {Icon && <Icon size={17} stroke={1.9} />}
        </span>
      }
      caption={letter ? t('map.pane.onLine', { kind: card.kind, letter }) : card.kind}
      title={card.title}
      wide
      onClose={onClose}
    >
      {numbers && (
        <dl className={classes.figures}>
          <div data-main>
            <dt>{t('map.queue.waitingNow')}</dt>
            <dd>{number(numbers.waiting)}</dd>
          </div>
          <div>
            <dt>{t('map.queue.passed')}</dt>
            <dd>{number(passed)}</dd>
          </div>
          <div title={t('map.queue.leftHint')}>
            <dt>{t('map.queue.left')}</dt>
            <dd>{number(left)}</dd>
          </div>
          {numbers.waiting > 0 && <MedianWait journey={journey.id} point={id} />}
        </dl>
      )}
      {running && start && <RateDial journey={journey.id} />}
      {running && point && point.kind !== 'end' && <HoldPoint journey={journey.id} point={id} title={card.title} />}
      <Tabs value={tab} onChange={(next) => next && onTab(next)} keepMounted={false}>
        <Tabs.List mb="md">
          {point?.kind === 'experiment' && <Tabs.Tab value="experiment">{t('map.experiment.title')}</Tabs.Tab>}
          {waits && <Tabs.Tab value="queue">{t('map.queue.title')}</Tabs.Tab>}
          {(failed > 0 || tab === 'failed') && (
            <Tabs.Tab value="failed">{t('map.failed.tab', { number: number(failed) })}</Tabs.Tab>
          )}
          {point?.kind === 'split' && <Tabs.Tab value="shares">{t('map.dials.shares')}</Tabs.Tab>}
          {point?.kind === 'sendEmail' && <Tabs.Tab value="report">{t('map.report.title')}</Tabs.Tab>}
          <Tabs.Tab value="numbers">{t('map.queue.numbers')}</Tabs.Tab>
          <Tabs.Tab value="properties">{t('map.reading.properties')}</Tabs.Tab>
        </Tabs.List>
        {waits && (
          <Tabs.Panel value="queue">
            <Queue journey={journey} point={id} telling={telling} waiting={numbers?.waiting ?? 0} passed={passed} />
          </Tabs.Panel>
        )}
        {point?.kind === 'split' && (
          <Tabs.Panel value="shares">
            <SharesDial journey={journey.id} point={id} running={running} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="failed">
          <FailedList journey={journey} point={id} telling={telling} count={failed} newest={newest} running={running} />
        </Tabs.Panel>
        {point?.kind === 'experiment' && (
          <Tabs.Panel value="experiment">
            <ExperimentReport journey={journey.id} point={id} />
          </Tabs.Panel>
        )}
        {point?.kind === 'sendEmail' && (
          <Tabs.Panel value="report">
            <MessageReport journey={journey.id} point={id} choices={choices} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="properties">
          <PointReading id={id} journey={journey} telling={telling} />
        </Tabs.Panel>
        <Tabs.Panel value="numbers">
          <ul className={classes.edges}>
            {departures.map(([edge, people]) => (
              <li key={edge}>
                <span>{branchOrOnward(journey, id, edge, telling)}</span>
                <b>{number(people)}</b>
              </li>
            ))}
            {departures.length === 0 && <li>{t('map.queue.nobodyYet')}</li>}
          </ul>
        </Tabs.Panel>
      </Tabs>
    </Pane>
  );
}

/** How long those who are here have been: half of them longer. */
function MedianWait({ journey, point }: { journey: string; point: string }) {
  const { t, language } = useSay();
  const { number } = useFormats();
  const { data } = useQuery({
    queryKey: ['journeys', journey, 'queue', point, 'waits'],
    queryFn: () => getWaits(journey, point),
    refetchInterval: 15_000,
  });
  if (typeof data?.medianSeconds !== 'number') return null;
  return (
    <div data-end title={data.all ? t('map.queue.medianAll') : t('map.queue.medianOf', { of: number(data.of) })}>
      <dt>{t('map.queue.medianWait')}</dt>
      <dd>{spanText(language, data.medianSeconds)}</dd>
    </div>
  );
}

function branchOrOnward(journey: Journey, id: string, edge: string, telling: Telling): string {
  if (isOffTheLine(journey, id, edge)) return telling.t(`map.queue.departed.${edge}`);
  if (journey.points[id] && exitsOfId(journey, id).length === 0 && edge !== 'next') return telling.t(`map.totals.${edge}`);
  const named = branchNameOf(journey, id, edge, telling);
  return named === 'next' ? telling.t('map.queue.onward') : named;
}
