import { useTranslation } from 'react-i18next';
import { useFormats } from '@/lib/useFormats';
import { TagList } from '@/ui/TagList';
import type { Column } from '@/ui/table/DataTable';
import { RowTitle } from '@/ui/table/RowTitle';
import { JourneyGlyph } from '../map/JourneyGlyph';
import { StatusChip } from '../StatusChip';
import { Completed } from './Completed';
import { JourneyMenu } from './JourneyMenu';
import { LastChange } from './LastChange';
import { PhoneLine } from './PhoneLine';
import type { JourneyRow } from './useJourneys';

export function useJourneyColumns(): readonly Column<JourneyRow>[] {
  const { t } = useTranslation();
  const { number, ago, dateTime } = useFormats();
  const never = ({ version }: JourneyRow) => version === 0;
  return [
    {
      key: 'map',
      head: t('journeys.home.map'),
      hideHead: true,
      width: 88,
      cell: (journey) => <JourneyGlyph definition={journey.definition} />,
    },
    {
      key: 'journey',
      head: t('journeys.home.journey'),
      cell: (journey) => (
        <RowTitle
          to={`/journeys/${journey.id}`}
          title={journey.name}
          lead={journey.description}
          after={<TagList tags={journey.labels ?? []} max={4} />}
          below={<PhoneLine journey={journey} />}
        />
      ),
    },
    {
      key: 'status',
      head: t('journeys.home.status'),
      wide: true,
      width: 120,
      cell: ({ status }) => <StatusChip status={status} />,
    },
    {
      key: 'started',
      head: t('journeys.home.started'),
      numeric: true,
      wide: true,
      width: 90,
      cell: (journey) => (never(journey) ? '–' : number(journey.figures?.started ?? 0)),
    },
    {
      key: 'inProgress',
      head: t('journeys.home.inProgress'),
      numeric: true,
      wide: true,
      width: 110,
      cell: (journey) =>
        never(journey) ? (
          '–'
        ) : (
          <span style={{ color: journey.figures?.inProgress ? 'var(--p-accent)' : 'var(--p-ink-3)' }}>
            {number(journey.figures?.inProgress ?? 0)}
          </span>
        ),
    },
    {
      key: 'completed',
      head: t('journeys.home.completed'),
      wide: true,
      width: 230,
      cell: (journey) =>
        never(journey) ? (
          <span style={{ color: 'var(--p-ink-3)' }}>{t('journeys.home.notLiveYet')}</span>
        ) : (
          <Completed figures={journey.figures} />
        ),
    },
    {
      key: 'updated',
      head: t('journeys.home.lastChange'),
      wide: true,
      width: 160,
      cell: ({ updatedAt, updatedBy }) => (
        <LastChange by={updatedBy}>
          <time dateTime={updatedAt} title={dateTime(updatedAt)}>
            {ago(updatedAt, new Date())}
          </time>
        </LastChange>
      ),
    },
    {
      key: 'menu',
      head: t('frame.table.actions'),
      hideHead: true,
      width: 56,
      numeric: true,
      cell: (journey) => <JourneyMenu journey={journey} />,
    },
  ];
}
