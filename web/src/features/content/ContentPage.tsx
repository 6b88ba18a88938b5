import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { AsOf } from '@/ui/AsOf';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { PageShape } from '@/ui/PageShape';
import { UsedBy } from '@/ui/uses/UsedBy';
import { ContentEditor } from './ContentEditor';
import { useContent } from './useContent';

interface From {
  journey: { id: string; name: string; point: string };
}

/** One e-mail: its words in each language at the left, as its recipient sees it at the right. */
export function ContentPage() {
  const { t } = useTranslation();
  const { name = '' } = useParams();
  const content = useContent(name);
  const from = (useLocation().state as From | null)?.journey;
  if (content.isLoadingError) return <Failure error={content.error} onRetry={() => void content.refetch()} />;
  if (!content.data) return <PageShape />;
  return (
    <Page
      title={name}
      above={
        from ? (
          <Link to={`/journeys/${from.id}?edit&point=${encodeURIComponent(from.point)}`}>
            {t('content.backTo', { name: from.name })}
          </Link>
        ) : (
          <Link to="/content">{t('content.title')}</Link>
        )
      }
      below={<UsedBy kind="content" name={name} />}
    >
      <AsOf query={content} />
      <ContentEditor key={name} content={content.data} />
    </Page>
  );
}
