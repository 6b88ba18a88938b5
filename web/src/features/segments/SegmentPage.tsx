import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { reasonText } from '@/api/reasonText';
import { AsOf } from '@/ui/AsOf';
import { confirm } from '@/ui/confirm';
import { Failure } from '@/ui/Failure';
import { Page } from '@/ui/Page';
import { PageShape } from '@/ui/PageShape';
import { toastFailed, toastSaved } from '@/ui/toasts';
import { UsedBy, UsedByNames } from '@/ui/uses/UsedBy';
import { SegmentChip } from './SegmentChip';
import { SegmentEditor } from './SegmentEditor';
import { SegmentMembers } from './SegmentMembers';
import { useDeleteSegment, useSegment } from './useSegments';

/** One segment: its sentence, how many it is true of, and who. */
export function SegmentPage() {
  const { t } = useTranslation();
  const { name = '' } = useParams();
  const navigate = useNavigate();
  const segment = useSegment(name);
  const remove = useDeleteSegment();
  if (segment.isError && !segment.data) return <Failure error={segment.error} onRetry={() => void segment.refetch()} />;
  if (!segment.data) return <PageShape />;
  return (
    <Page
      title={name}
      above={<Link to="/segments">{t('segments.title')}</Link>}
      aside={<SegmentChip segment={segment.data} />}
      below={<UsedBy kind="segment" name={name} />}
      actions={
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() =>
            confirm({
              title: t('segments.deleteTitle', { name }),
              text: t('segments.deleteText'),
              more: <UsedByNames kind="segment" name={name} />,
              button: t('segments.delete'),
              cancel: t('frame.cancel'),
              onConfirm: () =>
                remove.mutate(name, {
                  onSuccess: () => {
                    toastSaved(t('segments.deleted'));
                    void navigate('/segments');
                  },
                  onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
                }),
            })
          }
        >
          {t('segments.delete')}
        </Button>
      }
    >
      <AsOf query={segment} />
      <SegmentEditor key={name} segment={segment.data} />
      <SegmentMembers segment={segment.data} />
    </Page>
  );
}
