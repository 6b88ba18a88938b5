import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Schemas } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { ConditionBuilder, contactScope } from '@/ui/conditions/ConditionBuilder';
import type { Condition } from '@/ui/conditions/condition';
import { toastFailed } from '@/ui/toasts';
import { createJourney } from './createJourney';

/** An entrance and an open line: a name is enough, the rest can wait. */
export function FromScratch({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [eligibility, setEligibility] = useState<Condition | undefined>();
  const form = useForm({
    initialValues: { name: '', description: '' },
    validate: { name: (value) => (value.trim() ? null : t('create.scratch.needsName')) },
  });
  const create = useMutation<Schemas['JourneyView'], ProblemError, { name: string; description: string }>({
    mutationFn: ({ name, description }) =>
      createJourney({
        name: name.trim(),
        ...(description.trim() && { description: description.trim() }),
        ...(eligibility && { settings: { eligibility } }),
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['journeys'] });
      await navigate(`/journeys/${id}`);
    },
    onError: (problem) => toastFailed(problem.reasons[0]?.text ?? problem.message),
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('create.scratch.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label={t('create.scratch.name')}
            placeholder={t('create.scratch.namePlaceholder')}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Textarea
            label={t('create.scratch.description')}
            description={t('create.scratch.descriptionHint')}
            autosize
            minRows={2}
            {...form.getInputProps('description')}
          />
          <ConditionBuilder
            label={t('create.scratch.eligibility')}
            hint={t('create.scratch.eligibilityHint')}
            value={eligibility}
            onChange={setEligibility}
            scope={contactScope}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('frame.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('create.scratch.button')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
