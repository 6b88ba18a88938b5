import { Alert, Progress, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { reasonText } from '@/api/reasonText';
import { useFormats } from '@/lib/useFormats';
import { Card } from '@/ui/Card';
import { Page } from '@/ui/Page';
import { ChooseFile } from './ChooseFile';
import { ImportSteps } from './ImportSteps';
import { RunningNow } from './RunningNow';
import { useSendImport } from './useImports';

/** A file is chosen and sent, once; what becomes of it has an address of its own. */
export function ImportPage() {
  const { t } = useTranslation();
  const { share } = useFormats();
  const navigate = useNavigate();
  const [sent, setSent] = useState(0);
  const send = useSendImport(setSent);
  const problem = send.error;
  return (
    <Page title={t('imports.title')} above={<Link to="/contacts">{t('contacts.title')}</Link>}>
      <ImportSteps step="file" />
      {problem && (
        <Alert color="red" mb="md" role="alert" title={t('imports.refused')}>
          {reasonText(t, problem.reasons[0] ?? { code: problem.code, text: problem.message })}
        </Alert>
      )}
      {send.isPending ? (
        <Card title={send.variables.file.name}>
          <Progress value={sent * 100} aria-label={t('imports.sending')} />
          <Text size="sm" c="dimmed" mt="xs" role="status">
            {t('imports.sent', { share: share(sent, 1) })}
          </Text>
        </Card>
      ) : (
        <ChooseFile
          onChosen={({ file, kind, event, journey }) => {
            setSent(0);
            send.mutate(
              { file, kind, wishes: { event, journey } },
              { onSuccess: ({ id }) => void navigate(`/contacts/imports/${id}`) },
            );
          }}
        />
      )}
      <RunningNow />
    </Page>
  );
}
