import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Schemas } from '@/api/client';
import { Failure } from '@/ui/Failure';
import type { Journey } from '../definition/journey';
import { ChangesMap } from './ChangesMap';
import { ChangesText } from './ChangesText';
import { CompareBar, type Look } from './CompareBar';
import { keyOf, settingsKey } from './changes';
import { useChangeKeys } from './useChangeKeys';
import { type Chosen, type Comparison, useComparison } from './useComparison';
import { VersionList } from './VersionList';
import classes from './Versions.module.css';
import { draftChangesQuery } from './versionsApi';

interface Props {
  view: Schemas['JourneyView'];
  draft: Journey;
  revision: number;
  /** Whether the draft may be published from here; undefined: there is none to publish. */
  onPublish: (() => void) | undefined;
  /** What the draft's revision is then. */
  onRestored: (revision: number) => void;
}

/** What was published, when and by whom; each beside the one before it, on the map or in words; and the way back. */
export function VersionsView({ view, draft, revision, onPublish, onRestored }: Props) {
  const [search, setSearch] = useSearchParams();
  const ended = view.status === 'ended' || view.status === 'archived';
  const difference = useQuery({ ...draftChangesQuery(view.id, revision), enabled: !ended }).data;
  const differs =
    !ended &&
    (view.changed ||
      (difference !== undefined && difference.settings.length + difference.starts.length + difference.points.length > 0));
  const asked = Number(search.get('version')) || undefined;
  const chosen: Chosen = asked !== undefined && asked <= view.version ? asked : differs ? 'draft' : view.version;
  const [look, setLook] = useState<Look>(() => (window.matchMedia('(max-width: 900px)').matches ? 'text' : 'both'));
  const [at, setAt] = useState<string | undefined>();
  const comparison = useComparison(draft, revision, view.version, chosen);
  const page = useRef<HTMLDivElement>(null);
  const { parts } = comparison;
  const step = (by: 1 | -1) => {
    const stops = parts.map(keyOf).filter((key) => look === 'text' || placed(comparison, look, key));
    if (stops.length === 0) return;
    const here = stops.indexOf(at ?? (look === 'text' ? '' : settingsKey));
    setAt(stops[here < 0 ? (by > 0 ? 0 : stops.length - 1) : (here + by + stops.length) % stops.length]);
  };
  useChangeKeys(page, { step, flip: () => !comparison.first && setLook(look === 'before' ? 'after' : 'before') });
  const choose = (next: Chosen) => {
    setAt(undefined);
    setSearch(
      (old) => {
        const params = new URLSearchParams(old);
        if (next === 'draft') params.delete('version');
        else params.set('version', String(next));
        return params;
      },
      { replace: true },
    );
  };
  return (
    <div className={classes.page} ref={page}>
      <VersionList
        view={view}
        revision={revision}
        chosen={chosen}
        differs={differs}
        ended={ended}
        comparison={comparison}
        onChoose={choose}
        onPublish={onPublish}
        onRestored={onRestored}
      />
      <div className={classes.stage}>
        <CompareBar
          comparison={comparison}
          chosen={chosen}
          live={view.version}
          look={look}
          at={at}
          onLook={setLook}
          onStep={step}
        />
        {comparison.error ? (
          <Failure error={comparison.error} onRetry={comparison.retry} />
        ) : look === 'text' ? (
          <ChangesText comparison={comparison} at={at} onAt={setAt} />
        ) : (
          <ChangesMap
            key={String(chosen)}
            comparison={comparison}
            look={look}
            at={at}
            onAt={setAt}
            onText={() => setLook('text')}
          />
        )}
      </div>
    </div>
  );
}

/** Settings have no place on the map; their card stands there before anything else is chosen. */
function placed({ before, after }: Comparison, look: Look, key: string): boolean {
  if (key === settingsKey) return true;
  const has = (journey: Journey | undefined) =>
    journey !== undefined && (key in journey.points || journey.start.some((start) => start.id === key));
  return (look !== 'after' && has(before)) || (look !== 'before' && has(after));
}
