import { IconChevronDown, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import type { Telling } from '@/ui/conditions/telling';
import { type ExitRef, exitsOfId, startOf } from '../definition/exits';
import type { Journey } from '../definition/journey';
import { useLive, usePassage } from '../live/liveStore';
import { LineLetter } from '../map/LineLetter';
import { lineStyle } from '../map/lineStyle';
import { type MapStore, useMapState } from '../map/MapView';
import type { Mode } from '../map/model';
import { branchNameOf, cardOf, iconOf, iconOfStart, shapeOf } from '../points/catalogue';
import classes from './Outline.module.css';
import { type OutlineRow, outlineOf, placesOf, unfolded } from './outline';

interface Props {
  journey: Journey;
  telling: Telling;
  mode: Mode;
  store: MapStore;
  selection: string[];
  onSelect: (id: string) => void;
  /** Adds to what is selected, or takes from it. */
  onToggle?: (id: string) => void;
  /** Of a draft whose journey runs: who waits and has passed. */
  figures?: boolean;
  onAdd?: (exits: ExitRef[]) => void;
  onQueue?: (id: string) => void;
}

/** The same journey as a tree: guides are the lines in their colours, joins are rows, folded branches say how much is in them. */
export function Outline({ journey, telling, mode, store, selection, onSelect, onToggle, figures, onAdd, onQueue }: Props) {
  const { t } = useSay();
  const rows = useMemo(() => outlineOf(journey), [journey]);
  const places = useMemo(() => placesOf(rows), [rows]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const shown = unfolded(rows, folded);
  const fold = (key: string, to: boolean) => {
    const next = new Set(folded);
    if (to) next.add(key);
    else next.delete(key);
    setFolded(next);
  };
  const step = (event: KeyboardEvent) => {
    if (
      event.altKey ||
      (event.key !== 'ArrowDown' && event.key !== 'ArrowUp' && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')
    )
      return;
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
    const at = items.indexOf(event.target as HTMLElement);
    const item = items[at];
    if (!item) return;
    event.preventDefault();
    event.stopPropagation();
    const branch = item.dataset.branch;
    if (event.key === 'ArrowLeft') {
      if (branch && !folded.has(branch)) fold(branch, true);
      else
        items
          .slice(0, at)
          .findLast((one) => Number(one.ariaLevel) < Number(item.ariaLevel))
          ?.focus();
    } else if (event.key === 'ArrowRight' && branch) fold(branch, false);
    else items[at + (event.key === 'ArrowUp' ? -1 : 1)]?.focus();
  };
  return (
    <div className={classes.scroll} data-mode={mode}>
      <div className={classes.box}>
        {(mode === 'live' || figures) && (
          <div className={classes.head} aria-hidden>
            <span>{t('map.outline.point')}</span>
            <span>{t('map.outline.waiting')}</span>
            <span>{t('map.outline.passed')}</span>
            <span>{t('map.outline.left')}</span>
          </div>
        )}
        <div role="tree" aria-label={t('map.tree', { name: journey.name })} onKeyDown={step}>
          {shown.map((row) => (
            <Row
              key={keyOf(row)}
              row={row}
              journey={journey}
              telling={telling}
              mode={mode}
              store={store}
              place={row.kind === 'branch' || row.kind === 'join' ? undefined : places.get(row.id)}
              selected={row.kind !== 'branch' && row.kind !== 'join' && selection.includes(row.id)}
              folded={row.kind === 'branch' && folded.has(row.key)}
              onFold={fold}
              onSelect={onSelect}
              onToggle={onToggle}
              figures={figures}
              onAdd={onAdd}
              onQueue={onQueue}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function keyOf(row: OutlineRow): string {
  return row.kind === 'branch' ? `branch ${row.key}` : `${row.kind} ${row.id}`;
}

interface RowProps extends Omit<Props, 'selection'> {
  row: OutlineRow;
  place: { level: number; position: number; size: number } | undefined;
  selected: boolean;
  folded: boolean;
  onFold: (key: string, to: boolean) => void;
}

function Row({
  row,
  journey,
  telling,
  mode,
  store,
  place,
  selected,
  folded,
  figures,
  onFold,
  onSelect,
  onToggle,
  onAdd,
  onQueue,
}: RowProps) {
  const { t } = useSay();
  const { number } = useFormats();
  const indent = { paddingInlineStart: 14 + row.depth * 34 };
  const focus = useMapState((state) => state.focus);
  const problem = useMapState((state) => ('id' in row ? state.problems.get(row.id) : undefined));
  // What closes gives the keyboard back to the point, here as on the map.
  const ref = useRef<HTMLDivElement>(null);
  const wanted = useMapState((state) => ('id' in row && state.focus === row.id ? state.focusAsked : 0));
  useEffect(() => {
    if (wanted > 0) ref.current?.focus();
  }, [wanted]);
  const passed = useLive((state) => (row.kind === 'branch' ? state.flows.get(row.key) : undefined));
  if (row.kind === 'branch') {
    const name = branchNameOf(journey, row.of, row.edge, telling);
    const field = exitsOfId(journey, row.of).find((exit) => exit.edge === row.edge)?.field;
    return (
      <div
        role="treeitem"
        aria-level={row.depth + 1}
        aria-expanded={!folded}
        aria-label={t('map.outline.branch', { letter: row.letter, name })}
        tabIndex={-1}
        className={classes.branch}
        style={{ ...indent, ...lineStyle(row.letter) }}
        data-branch={row.key}
        onClick={() => onFold(row.key, !folded)}
        onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && onFold(row.key, !folded)}
      >
        <span className={classes.mark}>
          <LineLetter letter={row.letter} />
        </span>
        {name}
        {folded ? <IconChevronRight size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
        {folded && <span className={classes.kind}>{t('map.outline.points', { count: row.points })}</span>}
        {passed !== undefined && (
          <span className={classes.figures}>
            <span>{number(passed)}</span>
            <span />
          </span>
        )}
        {onAdd && field !== undefined && (
          <AddHere label={t('map.outline.addInto', { letter: row.letter })} onAdd={() => onAdd([{ of: row.of, field }])} />
        )}
      </div>
    );
  }
  if (row.kind === 'join')
    return (
      <div className={classes.join} style={{ ...indent, ...lineStyle(row.letter) }} role="presentation">
        <span className={classes.mark}>
          <span className={classes.capsule} />
        </span>
        {t('map.outline.join', { letters: new Intl.ListFormat(telling.language).format(row.letters) })}
      </div>
    );
  if (row.kind === 'open')
    return onAdd && row.of ? (
      <button
        type="button"
        className={classes.open}
        style={{ ...indent, ...lineStyle(row.letter) }}
        onClick={() => row.of && onAdd([{ of: row.of.of, field: row.of.field }])}
      >
        <span className={classes.mark}>
          <IconPlus size={14} aria-hidden />
        </span>
        {t('map.outline.add')}
      </button>
    ) : null;
  const start = startOf(journey, row.id);
  const point = journey.points[row.id];
  const card =
    row.kind === 'back'
      ? { kind: t('points.kind.goTo'), title: telling.pointName(row.target ?? '') }
      : cardOf(journey, row.id, telling);
  const Icon = start ? iconOfStart(start) : point && iconOf(point);
  // Where lines part, each has its own place to add; where a line ends, its open end has.
  const exits = row.kind === 'back' ? [] : exitsOfId(journey, row.id);
  const next = exits.length === 1 && exits[0]?.target !== undefined ? { of: row.id, field: exits[0].field } : undefined;
  return (
    <div
      ref={ref}
      role="treeitem"
      aria-level={place?.level}
      aria-posinset={place?.position}
      aria-setsize={place?.size}
      aria-selected={selected}
      aria-label={`${card.kind}, ${card.title}${row.letter ? `, ${t('map.item.line', { letter: row.letter })}` : ''}${problem ? `, ${t(`map.item.${problem}`)}` : ''}`}
      tabIndex={focus === row.id ? 0 : -1}
      className={classes.row}
      data-point={row.id}
      data-selected={selected || undefined}
      data-problem={problem}
      style={{ ...indent, ...lineStyle(row.letter) }}
      onFocus={() => store.setState({ focus: row.id })}
      onClick={(event) => {
        const several = event.shiftKey || event.ctrlKey || event.metaKey;
        if (several && onToggle) onToggle(row.id);
        else onSelect(row.id);
      }}
      onKeyDown={() => {}}
    >
      <span className={classes.mark}>
        <span className={classes.icon} data-shape={start ? 'start' : point ? shapeOf(point) : 'goTo'}>
          {Icon && <Icon size={13} stroke={2} aria-hidden />}
        </span>
      </span>
      <span className={classes.title}>{card.title}</span>
      <span className={classes.kind}>{card.kind}</span>
      {(mode === 'live' || figures) && <Figures id={row.id} start={start !== undefined} onQueue={onQueue} />}
      {onAdd && next && <AddHere label={t('map.outline.addAfter', { point: card.title })} onAdd={() => onAdd([next])} />}
    </div>
  );
}

/** A place on the line right below; the keyboard adds with A, so it is no tab stop of its own. */
function AddHere({ label, onAdd }: { label: string; onAdd: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.add}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onAdd();
      }}
    >
      <IconPlus size={13} stroke={2.2} aria-hidden />
    </button>
  );
}

function Figures({ id, start, onQueue }: { id: string; start: boolean; onQueue?: (id: string) => void }) {
  const { number } = useFormats();
  const { t } = useSay();
  const point = useLive((state) => state.points.get(id));
  const passage = usePassage(id);
  const begun = useLive((state) => (start ? state.flows.get(`${id}/next`) : undefined));
  // Who came in by an entrance went on from it: under "passed", as of a branch.
  if (start)
    return (
      <span className={classes.figures}>
        <span>{begun === undefined ? '' : number(begun)}</span>
        <span />
      </span>
    );
  if (!point || !passage) return <span className={classes.figures} />;
  return (
    <span className={classes.figures}>
      {point.waiting > 0 && onQueue ? (
        <button
          type="button"
          tabIndex={-1}
          className={classes.waiting}
          aria-label={t('map.live.waiting', { count: point.waiting, people: number(point.waiting) })}
          onClick={(event) => {
            event.stopPropagation();
            onQueue(id);
          }}
        >
          {number(point.waiting)}
        </button>
      ) : (
        <span>{number(point.waiting)}</span>
      )}
      <span>{number(passage.passed)}</span>
      <span>{number(passage.left)}</span>
    </span>
  );
}
