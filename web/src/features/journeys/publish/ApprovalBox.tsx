import { Alert, Button, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '@/lib/say';
import { useFormats } from '@/lib/useFormats';
import { Notice } from '@/ui/Notice';
import type { useApproval } from './useApproval';

interface Props {
  approval: ReturnType<typeof useApproval>;
  /** The draft that is shown. */
  revision: number;
  onLive: () => void;
}

/** What a second person is asked, and what they say to it. */
export function ApprovalBox({ approval, revision, onLive }: Props) {
  const { t } = useSay();
  const { dateTime } = useFormats();
  const [comment, setComment] = useState<string | undefined>();
  const { request, act, me } = approval;
  if (!request) return <Text size="sm">{t('versions.approval.needed')}</Text>;
  if (request.comment)
    return (
      <Notice tone="warning" title={t('versions.approval.sentBack', { who: request.sentBackBy })}>
        {request.comment}
      </Notice>
    );
  const mine = request.by === me;
  const changed = request.revision !== revision;
  return (
    <Alert
      title={mine ? t('versions.approval.waits') : t('versions.approval.asked', { who: request.by, time: dateTime(request.at) })}
    >
      {request.note && <Text size="sm">{request.note}</Text>}
      {changed && <Text size="sm">{t('versions.approval.changed')}</Text>}
      {comment !== undefined && (
        <Textarea
          mt={8}
          autosize
          label={t('versions.approval.comment')}
          data-autofocus
          maxLength={1_000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      )}
      <Group mt={10} gap={8}>
        {mine ? (
          <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate('withdraw')}>
            {t('versions.approval.withdraw')}
          </Button>
        ) : !request.mayApprove ? (
          <Text size="sm">{t('versions.approval.notYours')}</Text>
        ) : comment === undefined ? (
          <>
            <Button
              size="compact-sm"
              disabled={changed}
              loading={act.isPending}
              onClick={() => act.mutate({ approve: request.revision }, { onSuccess: onLive })}
            >
              {t('versions.approval.approve')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setComment('')}>
              {t('versions.approval.sendBack')}
            </Button>
          </>
        ) : (
          <Button
            size="compact-sm"
            disabled={!comment.trim()}
            loading={act.isPending}
            onClick={() => act.mutate({ sendBack: comment }, { onSuccess: () => setComment(undefined) })}
          >
            {t('versions.approval.sendBack')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
