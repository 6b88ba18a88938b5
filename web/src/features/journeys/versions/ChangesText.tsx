import { Skeleton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useSay } from '@/lib/say';
import { Chip, type ChipTone } from '@/ui/Chip';
import { ChangeFields } from './ChangeFields';
import { keyOf, type ToldPart } from './changes';
import type { Comparison } from './useComparison';
import classes from './Versions.module.css';

const tones: Record<ToldPart['change'], ChipTone> = { added: 'success', changed: 'warning', removed: 'danger' };

interface Props {
  comparison: Comparison;
  at: string | undefined;
  onAt: (id: string) => void;
}

/** The same in words: part by part, field by field. */
export function ChangesText({ comparison, at, onAt }: Props) {
  const { t } = useSay();
  if (!comparison.ready) return <Skeleton flex={1} radius={0} />;
  const { parts, first } = comparison;
  return (
    <div className={classes.text}>
      {first ? (
        <p>{t('versions.firstText')}</p>
      ) : parts.length === 0 ? (
        <p>{t('versions.noChanges')}</p>
      ) : (
        <ol aria-label={t('versions.changesLabel')}>
          {parts.map((part) => (
            <Part key={keyOf(part)} part={part} here={keyOf(part) === at} onAt={onAt} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Part({ part, here, onAt }: { part: ToldPart; here: boolean; onAt: (id: string) => void }) {
  const { t } = useSay();
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (here) ref.current?.focus();
  }, [here]);
  return (
    <li ref={ref} tabIndex={-1} data-here={here || undefined} onFocus={() => here || onAt(keyOf(part))}>
      <div className={classes.partHead}>
        <span>
          {part.kind && <small>{part.kind}</small>}
          <h3>{part.title}</h3>
        </span>
        <Chip tone={tones[part.change]}>{t(`versions.change.${part.change}`)}</Chip>
      </div>
      {part.fields.length > 0 && <ChangeFields fields={part.fields} />}
    </li>
  );
}
