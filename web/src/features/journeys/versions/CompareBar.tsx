import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconArrowRight, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useSay } from '@/lib/say';
import { keyOf } from './changes';
import type { Chosen, Comparison } from './useComparison';
import classes from './Versions.module.css';

export const looks = ['both', 'before', 'after', 'text'] as const;
export type Look = (typeof looks)[number];

interface Props {
  comparison: Comparison;
  chosen: Chosen;
  live: number;
  look: Look;
  at: string | undefined;
  onLook: (look: Look) => void;
  onStep: (by: 1 | -1) => void;
}

/** Which two are compared, how, and the way from change to change. */
export function CompareBar({ comparison, chosen, live, look, at, onLook, onStep }: Props) {
  const { t } = useSay();
  const { from, first, parts } = comparison;
  const here = parts.findIndex((part) => keyOf(part) === at);
  const later = chosen === 'draft' ? t('versions.draftOf', { version: live + 1 }) : t('versions.version', { version: chosen });
  return (
    <div className={classes.bar}>
      <span className={classes.which}>
        {!first && (
          <>
            {t('versions.version', { version: from })}
            <IconArrowRight size={15} aria-label={t('versions.becomes')} />
          </>
        )}
        {later}
      </span>
      {first ? (
        <span className={classes.hint}>{t('versions.first')}</span>
      ) : (
        <>
          <SegmentedControl
            size="xs"
            aria-label={t('versions.look.label')}
            value={look}
            onChange={(next) => onLook(next as Look)}
            data={looks.map((value) => ({ value, label: t(`versions.look.${value}`) }))}
          />
          {parts.length > 0 && (
            <span className={classes.steps}>
              <ActionIcon
                size={28}
                variant="default"
                aria-label={t('versions.previous')}
                title={t('versions.previousKey')}
                onClick={() => onStep(-1)}
              >
                <IconChevronUp size={16} />
              </ActionIcon>
              <ActionIcon
                size={28}
                variant="default"
                aria-label={t('versions.next')}
                title={t('versions.nextKey')}
                onClick={() => onStep(1)}
              >
                <IconChevronDown size={16} />
              </ActionIcon>
              <span className={classes.hint}>
                {here < 0 ? t('versions.changes', { count: parts.length }) : t('versions.at', { at: here + 1, of: parts.length })}
              </span>
            </span>
          )}
        </>
      )}
    </div>
  );
}
