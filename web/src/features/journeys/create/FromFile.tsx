import { Button, FileButton } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Schemas } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { toastFailed } from '@/ui/toasts';
import { createJourney } from './createJourney';
import { journeyOfFile } from './fromFile';

/** A draft from a file that somebody sent, or that was kept: the definition of a journey, or a ready-made one. */
export function FromFile() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const forget = useRef<() => void>(null);
  const create = useMutation<Schemas['JourneyView'], Error, File>({
    mutationFn: async (file) => {
      const definition = journeyOfFile(await file.text(), i18n.language);
      if (!definition) throw new Error(t('create.file.none', { name: file.name }));
      return createJourney({ ...definition, name: definition.name || file.name.replace(/\.json$/i, '') });
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['journeys'] });
      await navigate(`/journeys/${id}`);
    },
    onError: (error) =>
      toastFailed(error instanceof ProblemError && error.reasons[0] ? reasonText(t, error.reasons[0]) : error.message),
    onSettled: () => forget.current?.(),
  });
  return (
    <FileButton resetRef={forget} accept="application/json,.json" onChange={(file) => file && create.mutate(file)}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          size="sm"
          leftSection={<IconFileUpload size={16} stroke={1.6} aria-hidden />}
          loading={create.isPending}
        >
          {t('create.file.button')}
        </Button>
      )}
    </FileButton>
  );
}
