import { EdgeLabelRenderer } from '@xyflow/react';
import { memo } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { useLive } from '../live/liveStore';
import classes from './JourneyMap.module.css';
import type { Band, Line, MapLayout } from './layout';
import type { Mode } from './model';

interface Props {
  layout: MapLayout;
  mode: Mode;
  selection: string[];
  nameOf: (id: string) => string;
}

/** The stages of a journey: a band behind what belongs to each, with its number and name at the left. */
export const StageBands = memo(function StageBands({ layout, mode, selection, nameOf }: Props) {
  if (layout.bands.length === 0) return null;
  return (
    <EdgeLabelRenderer>
      {layout.bands.map((band, index) => (
        <div
          key={band.stage ?? 'ends'}
          className={classes.band}
          style={{ top: band.top, height: band.height, width: layout.width + 24 }}
          data-selected={(band.stage !== undefined && selection.includes(band.stage)) || undefined}
          aria-hidden
        >
          <BandName band={band} lines={layout.lines} number={index + 1} name={band.stage && nameOf(band.stage)} mode={mode} />
        </div>
      ))}
    </EdgeLabelRenderer>
  );
});

function BandName({
  band,
  lines,
  number,
  name,
  mode,
}: {
  band: Band;
  lines: readonly Line[];
  number: number;
  name: string | undefined;
  mode: Mode;
}) {
  const { t } = useSay();
  const formats = useFormats();
  const here = useLive((state) => band.points.reduce((sum, id) => sum + (state.points.get(id)?.waiting ?? 0), 0));
  // Who went from here to another stage or to an end; who left in between did not go on.
  const goneOn = useLive((state) =>
    lines.reduce(
      (sum, line) =>
        band.points.includes(line.of) && !band.points.includes(line.to) ? sum + (state.flows.get(line.key) ?? 0) : sum,
      0,
    ),
  );
  return (
    <div className={classes.bandName}>
      {name === undefined ? (
        <strong>{t('map.stages.ends')}</strong>
      ) : (
        <>
          <span>{t('map.stages.number', { number })}</span>
          <strong title={name}>{name}</strong>
          {mode === 'live' && <span className={classes.bandHere}>{t('map.stages.here', { number: formats.number(here) })}</span>}
          {mode === 'live' && <span>{t('map.stages.wentOn', { number: formats.number(goneOn) })}</span>}
        </>
      )}
    </div>
  );
}
