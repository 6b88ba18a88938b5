import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Schemas } from '@/api/client';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { useLate } from '@/lib/useLate';
import type { Telling } from '@/ui/conditions/telling';
import type { Journey } from '../definition/journey';
import { LineLetter } from '../map/LineLetter';
import type { Letters } from '../map/letters';
import { lineStyle } from '../map/lineStyle';
import { branchNameOf } from '../points/catalogue';
import { useEditor } from '../state/EditorContext';
import type { EditorActions, EditorState } from '../state/editor';
import { getShares } from './aheadApi';
import { deciding } from './deciding';
import classes from './WayShares.module.css';

const savedOf = (state: EditorState & EditorActions) => state.base;

interface Props {
  id: string;
  journey: Journey;
  telling: Telling;
  letters: Letters;
}

/** What part of those who may enter now would go each way at a point. Asked of the draft as it is saved: once for each change of what decides, and not while somebody types. */
export function WayShares({ id, journey, telling, letters }: Props) {
  const saved = useEditor(savedOf);
  const asked = deciding(saved, id);
  const { data, isPlaceholderData, isError } = useQuery({
    queryKey: ['journeys', journey.id, 'shares', id, asked],
    enabled: asked !== undefined,
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => getShares(journey.id, id),
  });
  const late = useLate(data === undefined);
  if (asked === undefined || isError) return null;
  if (!data) return late ? <Skeleton height={58} radius={9} /> : null;
  return (
    <Shares
      shares={data}
      old={isPlaceholderData || asked !== deciding(journey, id)}
      name={(edge) => branchNameOf(journey, id, edge, telling)}
      letter={(edge) => letters.ofStretch.get(`${id}/${edge}`) ?? ''}
    />
  );
}

interface SharesProps {
  shares: Schemas['SharesView'];
  /** Something was changed since. */
  old: boolean;
  name: (edge: string) => string;
  letter: (edge: string) => string;
}

function Shares({ shares: { ways, eligible, looked, all }, old, name, letter }: SharesProps) {
  const { t } = useSay();
  const { number, share } = useFormats();
  if (!ways) return <div className={classes.box}>{t('map.ahead.unknown')}</div>;
  const counted = { count: looked, looked: number(looked) };
  if (eligible === 0) return <div className={classes.box}>{t(all ? 'map.ahead.nobody' : 'map.ahead.nobodyOf', counted)}</div>;
  const whole = { count: eligible, of: number(eligible) };
  const sample = !all && <small className={classes.sample}>{t('map.ahead.sample', counted)}</small>;
  const first = ways[0];
  if (first && ways.length === 2)
    return (
      <div className={classes.box} data-old={old || undefined}>
        <div className={classes.lead}>
          <b>{share(first.contacts, eligible)}</b>
          <small>{t('map.ahead.wouldGo', { line: name(first.edge) })}</small>
        </div>
        <span>
          {t('map.ahead.parts', { ...whole, number: number(first.contacts) })}
          {sample}
        </span>
      </div>
    );
  return (
    <div className={classes.box} data-old={old || undefined}>
      <ul className={classes.rows} aria-label={t('map.ahead.title')}>
        {ways.map(({ edge, contacts }) => (
          <li key={edge} className={classes.row} style={lineStyle(letter(edge))}>
            <LineLetter letter={letter(edge)} />
            <span className={classes.name}>{name(edge)}</span>
            <span className={classes.value}>
              <b>{share(contacts, eligible)}</b> · {number(contacts)}
            </span>
            <span className={classes.bar} aria-hidden>
              <span style={{ width: `${(100 * contacts) / eligible}%` }} />
            </span>
          </li>
        ))}
        <li>
          <small className={classes.sample}>{t('map.ahead.of', whole)}</small>
          {sample}
        </li>
      </ul>
    </div>
  );
}
