import { Button, Group, Modal, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { useSay } from '@/lib/say';
import { Notice } from '@/ui/Notice';
import { toastFailed } from '@/ui/toasts';
import { useLive } from './liveStore';

/** Pauses one point, or lets those who have gathered there go on. */
export function HoldPoint({ journey, point, title }: { journey: string; point: string; title: string }) {
  const { t } = useSay();
  const held = useLive((state) => state.held.has(point));
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const act = useMutation<unknown, ProblemError>({
    mutationFn: () => {
      const path = { params: { path: { id: journey, point } } };
      return held
        ? take(api.POST('/api/v1/journeys/{id}/points/{point}/resume', path))
        : take(api.POST('/api/v1/journeys/{id}/points/{point}/pause', path));
    },
    onSuccess: () => setAsking(false),
    onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ['journeys'] }),
  });
  if (held)
    return (
      <Notice tone="warning" icon={<IconPlayerPause size={18} aria-hidden />} title={t('map.hold.held')}>
        <Text size="sm">{t('map.hold.heldText')}</Text>
        <Button
          mt={8}
          size="compact-sm"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          loading={act.isPending}
          onClick={() => act.mutate()}
        >
          {t('map.hold.resume')}
        </Button>
      </Notice>
    );
  return (
    <>
      <Button
        mb="md"
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerPause size={15} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('map.hold.pause')}
      </Button>
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={t('map.hold.question', { point: title })}
          closeButtonProps={{ 'aria-label': t('map.close') }}
        >
          <Text size="sm">{t('map.hold.text')}</Text>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('map.cancel')}
            </Button>
            <Button loading={act.isPending} onClick={() => act.mutate()} data-autofocus>
              {t('map.hold.pause')}
            </Button>
          </Group>
        </Modal>
      )}
    </>
  );
}
