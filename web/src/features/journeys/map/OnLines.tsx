import { IconAlertCircle, IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { ViewportPortal } from '@xyflow/react';
import { memo, useState } from 'react';
import { useSay } from '@/lib/say';
import { LivePlate } from '../live/LiveRow';
import classes from './JourneyMap.module.css';
import { LineLetter } from './LineLetter';
import type { Plus } from './layout';
import { useMapState, useMapView } from './MapView';
import type { Mode, PlateModel } from './model';

/** What lies on the lines: their plates, and a plus on every stretch and open end. */
export const OnLines = memo(function OnLines({
  plates,
  pluses,
  mode,
  openAt,
  nameOf,
}: {
  plates: PlateModel[];
  pluses: Plus[];
  mode: Mode;
  openAt: string | undefined;
  nameOf: (id: string) => string;
}) {
  return (
    <ViewportPortal>
      {plates.map((plate) => (
        <div key={plate.key} className={classes.plate} style={{ left: plate.x, top: plate.y }} aria-hidden>
          <LineLetter letter={plate.letter} />
          <span title={plate.name}>{plate.name}</span>
          <PlateProblem plate={plate} />
          {mode === 'live' && <LivePlate of={plate.of} edge={plate.edge} />}
        </div>
      ))}
      {pluses.map((plus) => (
        <PlusButton
          key={plus.id}
          plus={plus}
          open={openAt === plus.id}
          before={plus.before === undefined ? undefined : nameOf(plus.before)}
        />
      ))}
    </ViewportPortal>
  );
});

/** A branch that leads nowhere has no station to be marked: its plate is. */
function PlateProblem({ plate }: { plate: PlateModel }) {
  const problem = useMapState((state) => state.problems.get(`open:${plate.of}/${plate.field}`));
  if (!problem) return null;
  const Icon = problem === 'error' ? IconAlertCircle : IconAlertTriangle;
  return <Icon className={classes.problem} data-severity={problem} size={14} aria-hidden />;
}

/** Opens the point panel here, and takes what is dropped on it. The keyboard adds with A, so it is no tab stop of its own. */
const PlusButton = memo(function PlusButton({ plus, open, before }: { plus: Plus; open: boolean; before: string | undefined }) {
  const { t } = useSay();
  const view = useMapView();
  const [over, setOver] = useState(false);
  const first = plus.exits[0];
  const deadEnd = useMapState((state) =>
    plus.before === undefined ? state.problems.get(`open:${first?.of}/${first?.field}`) : undefined,
  );
  const legal = view.mayDrop?.(plus.exits, plus.before === undefined) ?? false;
  const label =
    before === undefined
      ? t('map.plus.end', { letter: plus.letter })
      : t('map.plus.before', { letter: plus.letter, point: before });
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${classes.plus} nopan nodrag`}
      style={{ left: plus.x, top: plus.y }}
      aria-label={label}
      title={label}
      data-plus={plus.id}
      data-open={open || undefined}
      data-over={over || undefined}
      data-legal={legal || undefined}
      data-problem={deadEnd}
      onClick={() => view.onPlus?.(plus.exits)}
      onDragOver={(event) => {
        if (!view.mayDrop?.(plus.exits, plus.before === undefined)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        view.onDrop?.(plus.exits);
      }}
    >
      <IconPlus size={11} stroke={2.4} aria-hidden />
    </button>
  );
});
