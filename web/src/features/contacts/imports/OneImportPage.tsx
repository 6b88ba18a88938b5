import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isUnderWay } from '@/api/imports';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { PageShape } from '@/ui/PageShape';
import { ImportSteps } from './ImportSteps';
import { PrepareImport } from './PrepareImport';
import { RunningImport } from './RunningImport';
import { useImport } from './useImports';

/** One import, from the look at its columns to what came of it. */
export function OneImportPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const asked = useImport(id);
  const { data } = asked;
  if (asked.isLoadingError)
    return (
      <Page title={t('imports.title')} above={<Link to="/contacts/imports">{t('contacts.tabs.imports')}</Link>}>
        <Failure error={asked.error} onRetry={() => void asked.refetch()} />
      </Page>
    );
  if (!data) return <PageShape />;
  // What was looked at, or refused as it was said, can still go in.
  if (data.fileUntil || (data.wishes.dryRun && isUnderWay(data))) return <PrepareImport key={id} import={data} />;
  return (
    <Page title={t('imports.title')} aside={data.file} above={<Link to="/contacts/imports">{t('contacts.tabs.imports')}</Link>}>
      <ImportSteps step="result" import={data} />
      <RunningImport asked={asked} import={data} />
    </Page>
  );
}
