import { useTranslation } from 'react-i18next';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { JourneysTable } from './JourneysTable';
import { useJourneys } from './useJourneys';

export function JourneysPage() {
  const { t } = useTranslation();
  const journeys = useJourneys();
  return (
    <Page title={t('journeys.home.title')}>
      {journeys.isError && <Failure error={journeys.error} onRetry={() => void journeys.refetch()} />}
      {journeys.isSuccess && <JourneysTable journeys={journeys.data.items} />}
    </Page>
  );
}
