import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/ui/Page';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('frame.failure.missing.title')}>
      <Text mb="lg">{t('frame.failure.missing.text')}</Text>
      <Button component={Link} to="/journeys" variant="default">
        {t('frame.toJourneys')}
      </Button>
    </Page>
  );
}
