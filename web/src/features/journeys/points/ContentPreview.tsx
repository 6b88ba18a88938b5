import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import classes from './forms.module.css';

/** The chosen e-mail as somebody of whom nothing is known would get it. Its page can do nothing: no scripts, no forms, no way out. */
export function ContentPreview({ name, journeyName }: { name: string; journeyName: string }) {
  const { t } = useTranslation();
  const preview = useQuery({
    queryKey: ['content', name, 'preview', journeyName],
    enabled: name !== '',
    queryFn: () => take(api.POST('/api/v1/content/{name}/preview', { params: { path: { name } }, body: { journeyName } })),
    retry: false,
    staleTime: 60_000,
  });
  if (name === '') return <div className={classes.previewEmpty}>{t('points.sendEmail.previewEmpty')}</div>;
  if (preview.isPending) return <Skeleton height={260} />;
  if (preview.isError)
    return (
      <div className={classes.previewEmpty}>
        {t('points.sendEmail.previewFailed')}
        {preview.error instanceof ProblemError && preview.error.reasons[0] && (
          <Text size="sm">{reasonText(t, preview.error.reasons[0])}</Text>
        )}
      </div>
    );
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {preview.data.subject}
      </Text>
      <div className={classes.previewBox}>
        <iframe
          className={classes.preview}
          sandbox=""
          src={`/api/v1/content/${encodeURIComponent(name)}/preview/html`}
          title={t('points.sendEmail.preview', { name })}
          loading="lazy"
        />
      </div>
    </div>
  );
}
