import { IconAlertCircle, IconAlertTriangle, IconNote } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import { useSay } from '@/lib/say';
import { LiveFigure, LiveLine, LiveRow, useWaitingWords } from '../live/LiveRow';
import classes from './JourneyMap.module.css';
import { lineStyle } from './lineStyle';
import { useMapState, useMapView } from './MapView';
import type { StationNode } from './model';

/** A station with its sign. Memoised: a change elsewhere must not redraw the other two hundred. */
export const StationCard = memo(function StationCard({ id, data, selected }: NodeProps<StationNode>) {
  const { station, card, shape, icon: Icon, mode, outcome } = data;
  const width = station.left + station.right;
  const fromLeft = station.sign.x - (station.x - station.left);
  const ask = useMapState((state) => state.asks.get(id));
  const unasked = ask?.title !== undefined;
  if (shape === 'open')
    return (
      <div className={classes.station} style={lineStyle(station.letter)} aria-hidden>
        <span className={classes.mark} data-shape="open" style={{ left: station.left - 3 }} />
      </div>
    );
  return (
    <Marked id={id} data={data} selected={selected ?? false}>
      <span className={classes.mark} data-shape={shape} data-outcome={outcome} style={{ width }} aria-hidden>
        {unasked ? '?' : Icon && <Icon size={17} stroke={1.9} />}
      </span>
      <Sign id={id} data={data} left={fromLeft} selected={selected ?? false}>
        <div className={classes.caption}>
          <span>{unasked ? ask.caption : ask ? `${card.kind} · ${ask.caption}` : card.kind}</span>
          {data.note && <IconNote size={13} aria-hidden />}
          <ProblemMark id={id} />
          <ChangeMark id={id} />
          {mode === 'live' && (shape === 'start' || shape === 'end') && <LiveFigure id={id} start={shape === 'start'} />}
        </div>
        <div className={classes.title} title={ask?.title ?? card.title}>
          {ask?.title ?? card.title}
        </div>
        {mode === 'compare' ? (
          <ChangeDetail id={id} detail={card.detail} />
        ) : (
          card.detail && !unasked && mode !== 'live' && <div className={classes.detail}>{card.detail}</div>
        )}
        {mode === 'live' && shape === 'start' && <LiveLine id={id} />}
        {mode === 'live' && shape !== 'start' && shape !== 'end' && <LiveRow id={id} mails={data.mails} />}
      </Sign>
    </Marked>
  );
});

function Marked({
  id,
  data,
  selected,
  children,
}: {
  id: string;
  data: StationNode['data'];
  selected: boolean;
  children: React.ReactNode;
}) {
  const problem = useMapState((state) => state.problems.get(id));
  const conflict = useMapState((state) => state.conflicts.has(id));
  const change = useMapState((state) => state.marks.get(id)?.change);
  const here = useMapState((state) => state.marks.get(id)?.here);
  const ask = useMapState((state) => state.asks.get(id));
  const view = useMapView();
  const draggable = data.mode === 'edit' && data.shape !== 'start' && data.station.kind === 'point';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging has a twin: cut and paste, and "Move to…".
    <div
      className={classes.station}
      style={lineStyle(data.station.letter)}
      data-selected={selected || undefined}
      data-problem={problem}
      data-conflict={conflict || undefined}
      data-change={change}
      data-ask={ask && (ask.title === undefined ? 'answered' : 'open')}
      data-asking={ask?.now || undefined}
      data-adrift={data.station.adrift || undefined}
      draggable={draggable}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', id);
        event.dataTransfer.effectAllowed = 'move';
        view.onDrag?.(id);
      }}
      onDragEnd={() => view.onDrag?.(undefined)}
    >
      {here && (
        <span className={classes.here} style={{ left: data.station.left }} aria-hidden>
          {here}
        </span>
      )}
      {children}
    </div>
  );
}

function ChangeMark({ id }: { id: string }) {
  const { t } = useSay();
  const change = useMapState((state) => state.marks.get(id)?.change);
  if (!change || change === 'same') return null;
  return (
    <span className={classes.change} data-change={change}>
      {t(`versions.change.${change}`)}
    </span>
  );
}

/** From what to what; else what the card says anyway. */
function ChangeDetail({ id, detail }: { id: string; detail: string | undefined }) {
  const mark = useMapState((state) => state.marks.get(id));
  if (mark?.before !== undefined && mark.after !== undefined)
    return (
      <div className={classes.detail} title={`${mark.before} → ${mark.after}`}>
        {mark.before} → <b>{mark.after}</b>
      </div>
    );
  const said = mark?.detail ?? detail;
  return said ? <div className={classes.detail}>{said}</div> : null;
}

function ProblemMark({ id }: { id: string }) {
  const problem = useMapState((state) => state.problems.get(id));
  if (!problem) return null;
  const Icon = problem === 'error' ? IconAlertCircle : IconAlertTriangle;
  return <Icon className={classes.problem} data-severity={problem} size={15} aria-hidden />;
}

function Sign({
  id,
  data,
  left,
  selected,
  children,
}: {
  id: string;
  data: StationNode['data'];
  left: number;
  selected: boolean;
  children: React.ReactNode;
}) {
  const { t } = useSay();
  const ref = useRef<HTMLDivElement>(null);
  const view = useMapView();
  const focused = useMapState((state) => state.focus === id);
  const wanted = useMapState((state) => (state.focus === id ? state.focusAsked : 0));
  const problem = useMapState((state) => state.problems.get(id));
  const place = useMapState((state) => state.places.get(id));
  const mark = useMapState((state) => state.marks.get(id));
  const waiting = useWaitingWords(id);
  useEffect(() => {
    if (wanted > 0) ref.current?.focus({ preventScroll: true });
  }, [wanted]);
  const parts = [
    `${data.card.kind}, ${data.card.title}`,
    data.station.letter ? t('map.item.line', { letter: data.station.letter }) : '',
    data.mode === 'live' ? waiting : '',
    problem ? t(`map.item.${problem}`) : '',
    mark && mark.change !== 'same' ? t(`versions.change.${mark.change}`) : '',
    mark?.before !== undefined && mark.after !== undefined
      ? t('versions.fromTo', { before: mark.before, after: mark.after })
      : (mark?.detail ?? ''),
    mark?.here ?? '',
  ];
  if (data.mode === 'preview' && view.onOpen)
    return (
      <button
        type="button"
        className={classes.sign}
        style={{ left, width: `calc(100% - ${left}px)` }}
        data-point={id}
        onClick={() => view.onOpen?.(id)}
      >
        {children}
      </button>
    );
  if (data.mode === 'preview')
    return (
      <div className={classes.sign} style={{ left }}>
        {children}
      </div>
    );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys.
    <div
      ref={ref}
      className={classes.sign}
      style={{ left }}
      role="treeitem"
      tabIndex={focused ? 0 : -1}
      aria-label={parts.filter(Boolean).join(', ')}
      aria-level={place?.level ?? 1}
      aria-posinset={place?.position}
      aria-setsize={place?.size}
      aria-selected={selected}
      data-point={id}
      onFocus={() => view.onFocus?.(id)}
      onClick={() => view.onOpen?.(id)}
    >
      {children}
    </div>
  );
}
