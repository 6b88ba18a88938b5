import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '@/lib/say';
import type { Journey } from '../definition/journey';
import classes from './JourneyMap.module.css';
import type { MapLayout } from './layout';

export interface MapShows {
  jumps: boolean;
  notes: boolean;
}

/** What the map shows besides its lines, for as long as one looks at it. */
export function useMapShows() {
  return useState<MapShows>({ jumps: false, notes: true });
}

/** The ways back of go-tos, and notes: each has its switch where there are any. */
export function MapSwitches({
  journey,
  layout,
  shows,
  onChange,
}: {
  journey: Journey;
  layout: MapLayout;
  shows: MapShows;
  onChange: (shows: MapShows) => void;
}) {
  const { t } = useSay();
  const jumps = layout.jumps.length > 0;
  const notes = (journey.map?.notes?.length ?? 0) > 0;
  if (!jumps && !notes) return null;
  return (
    <div className={classes.switches}>
      {jumps && (
        <Switch
          size="sm"
          label={t('map.jumps')}
          checked={shows.jumps}
          onChange={(event) => onChange({ ...shows, jumps: event.currentTarget.checked })}
        />
      )}
      {notes && (
        <Switch
          size="sm"
          label={t('map.notes')}
          checked={shows.notes}
          onChange={(event) => onChange({ ...shows, notes: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}
