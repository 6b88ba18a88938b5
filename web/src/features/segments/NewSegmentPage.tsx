import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/ui/Page';
import { SegmentEditor } from './SegmentEditor';

export function NewSegmentPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('segments.new')} above={<Link to="/segments">{t('segments.title')}</Link>}>
      <SegmentEditor segment={null} />
    </Page>
  );
}
