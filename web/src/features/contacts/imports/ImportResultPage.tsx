import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Page } from '@/ui/Page';
import { RunningImport } from './RunningImport';

export function ImportResultPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  return (
    <Page title={t('imports.title')} above={<Link to="/contacts/imports">{t('contacts.tabs.imports')}</Link>}>
      <RunningImport id={id} onAgain={() => void navigate('/contacts/import')} />
    </Page>
  );
}
