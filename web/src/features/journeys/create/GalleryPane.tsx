import { Alert, Button, List, Modal, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertCircle, IconCircleCheck, IconZoomIn } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, type Schemas, take } from '@/api/client';
import type { ProblemError } from '@/api/problem';
import { reasonText } from '@/api/reasonText';
import { toastFailed } from '@/ui/toasts';
import { JourneyPreview } from '../map/JourneyPreview';
import classes from './Gallery.module.css';
import type { Ready } from './useGallery';

/** The map itself, what it is for and what it needs. What is not there yet is said, and hinders nothing. */
export function GalleryPane({ ready }: { ready: Ready }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [closer, look] = useDisclosure();
  const { id, name, description, needs, problems, definition } = ready;
  const use = useMutation<Schemas['JourneyView'], ProblemError>({
    mutationFn: () => take(api.POST('/api/v1/gallery/{id}/use', { params: { path: { id } }, body: { language: i18n.language } })),
    onSuccess: async (journey) => {
      await client.invalidateQueries({
        predicate: ({ queryKey }) =>
          ['journeys', 'content', 'segments', 'lists', 'topics', 'properties', 'coupons'].includes(String(queryKey[0])),
      });
      await navigate(`/journeys/${journey.id}`);
    },
    onError: (problem) => toastFailed(problem.reasons[0] ? reasonText(t, problem.reasons[0]) : problem.message),
  });
  const broken = (problems ?? []).some(({ severity }) => severity !== 'warning');
  return (
    <section className={classes.pane} aria-label={name}>
      {Boolean(definition) && (
        <div className={classes.preview}>
          <JourneyPreview definition={definition} height={460} />
        </div>
      )}
      <div className={classes.body}>
        <Title order={2}>{name}</Title>
        <Text c="var(--p-ink-2)" mt={4}>
          {description}
        </Text>
        {broken && (
          <Alert color="red" mt="md" title={t('create.gallery.broken')}>
            <List size="sm">
              {(problems ?? []).map((problem) => (
                <List.Item key={problem.path + problem.code}>{reasonText(t, problem)}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {needs.length > 0 && (
          <>
            <Title order={3} mt="md">
              {t('create.gallery.needs')}
            </Title>
            <ul className={classes.needs}>
              {needs.map(({ kind, name: need, there }) => (
                <li key={kind + need}>
                  {there ? (
                    <IconCircleCheck size={16} stroke={1.6} color="var(--p-success)" aria-hidden />
                  ) : (
                    <IconAlertCircle size={16} stroke={1.6} color="var(--p-warning)" aria-hidden />
                  )}
                  {t(there ? `create.need.${kind as 'event'}` : 'create.need.eventMissing', { name: need, defaultValue: need })}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className={classes.bar}>
        {Boolean(definition) && (
          <Button variant="default" leftSection={<IconZoomIn size={16} stroke={1.6} aria-hidden />} onClick={look.open}>
            {t('create.gallery.closer')}
          </Button>
        )}
        <Button disabled={broken} loading={use.isPending} onClick={() => use.mutate()}>
          {t('create.gallery.use')}
        </Button>
      </div>
      <Modal
        opened={closer}
        onClose={look.close}
        size="min(1100px, 92vw)"
        title={name}
        closeButtonProps={{ 'aria-label': t('frame.close') }}
      >
        <div className={classes.closer}>
          <JourneyPreview definition={definition} height={640} close />
        </div>
      </Modal>
    </section>
  );
}
