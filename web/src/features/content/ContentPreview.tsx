import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, take } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { Card } from '@/ui/Card';
import { Chip } from '@/ui/Chip';
import { Failure } from '@/ui/Failure';
import classes from './ContentEditor.module.css';

interface Props {
  name: string;
  language: string;
  /** Of what is saved: a new one shows anew. */
  revision: number;
  /** There are changes that are not saved, and so not shown. */
  outdated: boolean;
}

/** The mail as saved, as its recipient gets it: of somebody one names, or of somebody of whom nothing is known. */
export function ContentPreview({ name, language, revision, outdated }: Props) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [settled] = useDebouncedValue(email.trim(), 400);
  const preview = useQuery({
    queryKey: ['content-preview', name, language, revision, settled],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const found = settled
        ? (await take(api.GET('/api/v1/contacts', { params: { query: { email: settled } }, signal }))).items[0]
        : undefined;
      const mail = await take(
        api.POST('/api/v1/content/{name}/preview', {
          params: { path: { name } },
          body: { language, contact: found?.id ?? null },
          signal,
        }),
      );
      return { mail, contact: found?.id, missing: settled !== '' && !found };
    },
  });
  const refused = preview.error instanceof ProblemError && preview.error.reasons[0];
  const query = new URLSearchParams({
    language,
    v: String(revision),
    ...(preview.data?.contact && { contact: preview.data.contact }),
  });
  return (
    <div className={classes.preview}>
      <Card title={t('content.preview')} aside={outdated ? <Chip tone="warning">{t('content.previewSaved')}</Chip> : undefined}>
        <TextInput
          label={t('content.previewFor')}
          placeholder={t('content.previewNobody')}
          type="email"
          mb="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={preview.data?.missing ? t('content.previewUnknown') : refused ? reasonText(t, refused) : undefined}
        />
        {preview.isError && !refused && <Failure error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data && (
          <div className={classes.mail}>
            <div className={classes.head}>
              <div className={classes.subject}>{preview.data.mail.subject}</div>
              <div className={classes.preheader}>{preview.data.mail.preheader}</div>
            </div>
            <iframe
              className={classes.frame}
              sandbox=""
              title={t('content.preview')}
              src={`/api/v1/content/${encodeURIComponent(name)}/preview/html?${query}`}
            />
          </div>
        )}
      </Card>
    </div>
  );
}
