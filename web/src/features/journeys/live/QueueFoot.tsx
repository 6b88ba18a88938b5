import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { exportContacts } from '@/api/contactExport';
import type { ProblemError } from '@/api/problem';
import { useSay } from '@/lib/say';
import type { JourneyCondition } from '@/ui/conditions/condition';
import { toastFailed } from '@/ui/toasts';
import type { Journey } from '../definition/journey';

/** Takes everybody who waits here elsewhere: into a segment that follows the queue, or a file of those of this moment. */
export function QueueFoot({ journey, point, name }: { journey: Journey; point: string; name: string }) {
  const { t, language } = useSay();
  const navigate = useNavigate();
  const condition: JourneyCondition = { kind: 'journey', journey: journey.id, point };
  const save = useMutation<void, ProblemError>({
    mutationFn: () => exportContacts({ condition }, language),
    onError: (problem) => toastFailed(t(problem.status === 403 ? 'contacts.export.forbidden' : 'contacts.export.failed')),
  });
  return (
    <Group justify="flex-end" gap={4} mt={4}>
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() =>
          void navigate('/segments/new', {
            state: { condition, name: t('map.queue.segmentName', { point: name, journey: journey.name }) },
          })
        }
      >
        {t('map.queue.saveAsSegment')}
      </Button>
      <Button size="compact-sm" variant="subtle" loading={save.isPending} onClick={() => save.mutate()}>
        {t('map.queue.export')}
      </Button>
    </Group>
  );
}
