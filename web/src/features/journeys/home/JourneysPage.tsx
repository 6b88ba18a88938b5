import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPlus, IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { letterKeysOn } from '@/lib/letterKeys';
import { useFormats } from '@/lib/useFormats';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { JourneysList } from './JourneysList';
import classes from './JourneysList.module.css';
import { JourneyTotals } from './JourneyTotals';
import { NoJourneys } from './NoJourneys';
import { useJourneys } from './useJourneys';

/** All journeys move before one's eyes; from here one starts another. */
export function JourneysPage() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const navigate = useNavigate();
  const journeys = useJourneys();
  useHotkeys([['n', () => letterKeysOn() && void navigate('/journeys/new')]]);
  const outdated = journeys.isError && journeys.data !== undefined;
  return (
    <Page
      title={t('journeys.home.title')}
      aside={outdated ? t('journeys.home.asOf', { time: time(new Date(journeys.dataUpdatedAt)) }) : undefined}
      actions={
        <>
          <Button
            component={Link}
            to="/journeys/new#gallery"
            variant="default"
            leftSection={<IconStar size={16} stroke={1.6} aria-hidden />}
          >
            {t('journeys.home.gallery')}
          </Button>
          <Button component={Link} to="/journeys/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('journeys.home.new')}
          </Button>
        </>
      }
    >
      {journeys.isError && <Failure error={journeys.error} onRetry={() => void journeys.refetch()} />}
      {journeys.data?.length === 0 ? (
        <NoJourneys />
      ) : (
        <div className={outdated ? classes.outdated : undefined}>
          <JourneyTotals journeys={journeys.data} />
          <JourneysList journeys={journeys.data} />
        </div>
      )}
    </Page>
  );
}
